"""The HSDS 3.2 API: the public directory for other programs. It only reads."""
