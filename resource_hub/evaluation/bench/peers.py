"""Peers that may not be there: each says what is missing and how to get it."""

import os

VARIABLE = "RESOURCE_HUB_BENCH_DATABASE_URL"


class Missing(Exception):
    """A peer is not installed or not configured; the text says which and how to get it."""


def bench_server() -> str:
    """Return the address of the PostgreSQL server to measure on; says what is missing."""
    url = os.environ.get(VARIABLE, "")
    if not url:
        raise Missing(f"set {VARIABLE} to a PostgreSQL database that may be written to")
    return url.replace("postgresql+psycopg:", "postgresql:")
