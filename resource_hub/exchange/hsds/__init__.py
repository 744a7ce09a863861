"""The Human Services Data Specification (HSDS), the field's own standard: what it says, reading it, and writing it."""
