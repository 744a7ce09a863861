"""Whether two records are the same place as published: read, compared field by field, and judged with reasons."""
