"""What speaks for a basket, in plain sentences."""

from collections.abc import Iterator

from resource_hub.core.codes import NEEDS
from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _
from resource_hub.matching.phrases import names
from resource_hub.matching.values.baskets import Basket, Handoff


def basket(plan: Basket, translate: Translate) -> str:
    """Return which service is for which need, how many trips that is, and what nothing was found for."""
    return " ".join((*(_handoff(handoff, translate) for handoff in plan.handoffs), *_reasons(plan, translate)))


def _handoff(handoff: Handoff, translate: Translate) -> str:
    needs, listing = _needs(handoff.needs, translate), handoff.listing
    return translate(
        "%(needs)s: %(name)s (%(organization)s).", needs=needs, name=listing.name, organization=listing.organization
    )


def _reasons(plan: Basket, translate: Translate) -> Iterator[str]:
    if len(plan.handoffs) == 1 and len(plan.handoffs[0].needs) > 1:
        yield translate("One service for all of it.")
    if plan.trips > 1:
        yield translate("%(count)s trips.", count=plan.trips)
    else:
        yield translate(_trips(plan))
    if plan.uncovered:
        yield translate("Nothing was found for: %(needs)s.", needs=_needs(plan.uncovered, translate))


def _trips(plan: Basket) -> str:
    if plan.trips == 0:
        return _("No trip needed.")
    together = len(plan.handoffs) > 1 and all(handoff.visit is not None for handoff in plan.handoffs)
    return _("All of it in one visit.") if together else _("One trip.")


def _needs(codes: tuple[str, ...], translate: Translate) -> str:
    return names.listed((NEEDS[code] for code in codes), translate)
