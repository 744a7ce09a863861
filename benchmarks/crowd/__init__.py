"""People of every role who press anything, at once."""
