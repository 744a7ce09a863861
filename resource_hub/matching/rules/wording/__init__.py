"""Plain words: made even, corrected, understood, and looked for; all over an index that is built per market."""
