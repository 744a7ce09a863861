"""The index: a market's rows in the order of their cells, so that the best rows are found without looking at all.

Entry functions: `build.index_of`, `search.shortlist`, `search.best`, `ranked.assessed`, `shelf.index_for`.
"""
