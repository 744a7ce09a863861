"""What every domain stands on and none is about: database, clock, ids, errors, geography, text, encryption."""
