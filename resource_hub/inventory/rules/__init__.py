"""What the inventory decides from values alone."""
