"""What the figures of quality say: ages in bars, shares, and several markets together."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

import numpy as np

from resource_hub.matching.values.columns import Floats
from resource_hub.matching.values.quality import UP_TO, Ages, Mended, Quality


def ages_in_bars(ages: Floats, half_life: float) -> Ages:
    """Return the ages of one kind of fact counted; what was never checked stands in no bar."""
    known = ages[~np.isnan(ages)]
    places = np.searchsorted(np.array(UP_TO), known, side="left")
    return Ages(
        median=float(np.median(known)) if len(known) else None,
        half_life=half_life,
        older=int(np.count_nonzero(known > half_life)),
        never=len(ages) - len(known),
        bars=tuple(np.bincount(places, minlength=len(UP_TO) + 1).tolist()),
    )


def together(parts: Sequence[Quality]) -> Quality:
    """Return the figures of several markets as one; there is at least one."""
    return Quality(
        day=max(part.day for part in parts),
        listings=sum(part.listings for part in parts),
        complete={kind: sum(part.complete[kind] for part in parts) for kind in parts[0].complete},
        ages=np.concatenate([part.ages for part in parts]),
        checked_by=dict(sum((Counter(part.checked_by) for part in parts), Counter())),
        mended=Mended(
            open=sum(part.mended.open for part in parts),
            overdue=sum(part.mended.overdue for part in parts),
            ended=dict(sum((Counter(part.mended.ended) for part in parts), Counter())),
            days=tuple(days for part in parts for days in part.mended.days),
        ),
    )


def median_days(days: Sequence[float]) -> float | None:
    """Return the median time to close a report, in days to a tenth; None where none was closed."""
    return round(median(days), 1) if days else None


def share(part: int, whole: int) -> float | None:
    """Return a share to a thousandth; None of nothing."""
    return round(part / whole, 3) if whole else None
