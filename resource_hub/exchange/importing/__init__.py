"""Imports from the shell and from the steward's pages: trying, carrying out, remembering, and what came of them."""
