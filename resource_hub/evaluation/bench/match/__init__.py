"""How fast the ranking answers: our index beside brute force, a loop in C, and PostgreSQL with PostGIS."""
