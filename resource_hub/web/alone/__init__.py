"""Pages for a person who answers alone, begun by a code: nothing of anybody else is in reach."""
