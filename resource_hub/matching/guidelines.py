"""Reads the poverty guidelines that the ranking knows."""

import tomllib
from functools import lru_cache

from resource_hub.core.paths import bundled
from resource_hub.matching.values.poverty import Guideline, Guidelines


@lru_cache(maxsize=1)
def poverty_guidelines() -> tuple[Guidelines, ...]:
    """Return the guidelines of every year that the file holds, which names their source."""
    table = tomllib.loads((bundled("seed") / "poverty" / "guidelines.toml").read_text(encoding="utf-8"))
    return tuple(
        Guidelines(
            since=year["since"],
            contiguous=Guideline(**year["contiguous"]),
            alaska=Guideline(**year["alaska"]),
            hawaii=Guideline(**year["hawaii"]),
        )
        for year in table["guidelines"]
    )
