"""Reading HSDS of any version: tables as they are, and JSON taken apart into tables; `feed.read` makes one source."""
