"""How good finding in plain words is, on real directories whose labels are hidden from it."""
