"""A made-up national directory of any size: the same numbers for the same seed, nothing real but ZIP Codes."""
