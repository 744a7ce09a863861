"""To and from the outside: the field's standards, files, and notices."""
