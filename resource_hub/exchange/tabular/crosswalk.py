"""The crosswalk from Open Eligibility's terms to needs, as it stands in the seed."""

import csv
from functools import lru_cache

from resource_hub.core.codes import check_need
from resource_hub.core.paths import bundled
from resource_hub.inventory.values import Crosswalk

FILE = "crosswalk/open-eligibility.csv"


@lru_cache(maxsize=1)
def open_eligibility() -> Crosswalk:
    """Read the crosswalk; a term listed without a need was reviewed and answers none."""
    needs: dict[str, dict[str, float]] = {}
    with (bundled("seed") / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answered = needs.setdefault(row["term"].casefold(), {})
            if row["need"]:
                answered[check_need(row["need"])] = float(row["weight"])
    return Crosswalk(needs)
