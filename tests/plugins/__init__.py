"""Options for whole runs of the tests."""
