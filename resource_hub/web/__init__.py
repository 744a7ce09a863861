"""The only code that knows Flask; one folder per kind of user, on top of what they share."""
