"""Which of our tables hold the tables of the standard."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Table

from resource_hub.core.db import Base
from resource_hub.exchange.hsds import standard


@lru_cache(maxsize=1)
def published() -> Mapping[str, Table]:
    """Return our tables by the standard's names, in the standard's order."""
    return {name: Base.metadata.tables[name] for name in standard.tables()}
