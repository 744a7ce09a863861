"""Runs every policy on an instance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resource_hub.evaluation.allocation import policies
from resource_hub.evaluation.allocation.instance import Instance
from resource_hub.evaluation.allocation.optimum import optimum

POLICIES: Mapping[str, Callable[[Instance], float]] = {
    "random": policies.random,
    "greedy": policies.greedy,
    "priced": policies.priced,
}


@dataclass(frozen=True)
class Measured:
    """Total worth over the cases placed: the best in hindsight, and by policy."""

    optimum: float
    policies: Mapping[str, float]


def measure(instance: Instance, say: Callable[[str], None]) -> Measured:
    """Return what hindsight and each policy reach; `say` is told what is being done."""
    say(f"{len(instance.arrivals)} cases, {len(instance.places)} places: optimum")
    best = optimum(instance.arrivals, instance.room)
    totals = {}
    for name, policy in POLICIES.items():
        say(name)
        totals[name] = policy(instance)
    return Measured(best, totals)
