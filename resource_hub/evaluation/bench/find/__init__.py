"""How well and how fast misspelt words find what they mean: ours, Tantivy's fuzzy terms, a scan of all texts."""
