"""Measures the program from outside: how good the ranking is, what it changes, how fast it answers."""
