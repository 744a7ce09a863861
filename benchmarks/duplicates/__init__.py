"""Duplicates: how well pairs are judged, and how fast those of a large directory are found."""
