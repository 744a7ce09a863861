"""The pages of CBO staff."""
