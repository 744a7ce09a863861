"""From screening to help, in people: how many came as far as each step, with small counts hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from resource_hub.screening.rules.hiding import Adds, shown

STEPS = ("screened", "wants_help", "handed_off", "accepted", "received", "need_met")


@dataclass(frozen=True)
class FunnelStep:
    """One step: people who came so far, and who did not come from the step before; None where that is hidden."""

    code: str
    people: int | None
    lost: int | None


def funnel(counts: Sequence[int]) -> tuple[FunnelStep, ...]:
    """Return the steps of counts that never grow; neither a count nor a difference shows fewer than eleven people."""
    people = dict(zip(STEPS, counts, strict=True))
    lost = {f"lost:{after}": people[before] - people[after] for before, after in pairwise(STEPS)}
    sums = [Adds((after, f"lost:{after}"), before) for before, after in pairwise(STEPS)]
    told = shown(people | lost, sums)
    return tuple(FunnelStep(step, told[step], told.get(f"lost:{step}")) for step in STEPS)
