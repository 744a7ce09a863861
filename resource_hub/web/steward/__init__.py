"""The pages of directory stewards."""
