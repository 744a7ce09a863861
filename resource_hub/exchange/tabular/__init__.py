"""Directories in tables: CSV packages in and out."""
