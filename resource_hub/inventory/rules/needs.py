"""Which needs a service answers, from the terms it carries and a crosswalk made by hand."""

from collections.abc import Iterable, Mapping

from resource_hub.inventory.values import Crosswalk


def needs_of_term(names: Iterable[str], crosswalk: Crosswalk) -> Mapping[str, float]:
    """Return the needs of a term, named with its ancestors from the nearest on: the first that is listed decides."""
    for name in names:
        if name.casefold() in crosswalk.needs:
            return crosswalk.needs[name.casefold()]
    return {}


def needs_of_terms(terms: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the needs of several terms together; the highest weight of each need wins."""
    needs: dict[str, float] = {}
    for term in terms:
        for need, weight in term.items():
            needs[need] = max(weight, needs.get(need, 0.0))
    return needs
