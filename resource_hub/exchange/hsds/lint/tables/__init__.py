"""A data package: its files, its keys, and its rows, read twice as a stream."""
