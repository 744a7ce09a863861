"""JSON: objects in each other, pages of an API, and what an API says of itself."""
