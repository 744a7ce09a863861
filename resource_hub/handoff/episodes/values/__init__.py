"""The values of episodes: codes, the course that the rules judge, what is asked for, and what is shown."""
