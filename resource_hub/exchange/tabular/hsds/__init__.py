"""HSDS 3.x as tables: the inventory's own tables under their own names; `feed.read` puts them together."""
