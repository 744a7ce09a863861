"""Ohana's CSV tables, of 2014 and later: one module per part; `feed.read` puts them together."""
