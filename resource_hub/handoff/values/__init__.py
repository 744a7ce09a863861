"""The values of handoffs: codes, what is asked for, the course that the rules judge, and what is shown."""
