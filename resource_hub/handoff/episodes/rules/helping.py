"""Gaps and handoffs: which handoff is asked for to close which gap, and what came of it.

A handoff never closes a gap: where the person got the help the page asks to close it, and one click does.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from resource_hub.core.codes import NEEDS
from resource_hub.handoff.episodes.values.words import GapHelp
from resource_hub.handoff.values.words import OPEN, ActorKind, NeedMet, Status, YesNo

# Which kinds of help a domain of the assessment may want; no other domain is anything that services are listed for.
NEEDS_OF_DOMAIN: Mapping[str, tuple[str, ...]] = {
    "food": ("food-insecurity",),
    "home": ("housing-instability", "homelessness", "inadequate-housing", "utility-insecurity"),
    "money": ("financial-insecurity", "material-hardship", "medical-cost-burden"),
    "rides": ("transportation-insecurity",),
    "mood": ("stress",),
    "support": ("social-connection",),
    "plan-understood": ("personal-health-literacy",),
}
# The first that one of a gap's handoffs came to is what the gap shows.
_BEST_FIRST = (
    GapHelp.HELPED,
    GapHelp.RECEIVED,
    GapHelp.UNDER_WAY,
    GapHelp.NOT_KNOWN,
    GapHelp.NOT_ENOUGH,
    GapHelp.NO_HELP,
)


@dataclass(frozen=True)
class Reported:
    """What one report says of a handoff, and which side said it."""

    said_by: str
    received: YesNo
    need_met: NeedMet


def needs_of_gap(code: str) -> tuple[str, ...]:
    """Return the needs that a gap stands for; none where services are not listed by such a thing."""
    return (code,) if code in NEEDS else NEEDS_OF_DOMAIN.get(code, ())


def serves(code: str, asked: Collection[str], *, is_named: bool) -> bool:
    """Tell whether a handoff for the `asked` needs serves a gap.

    One that stands for no need is served by what is asked from it, as `is_named` says.
    """
    needs = needs_of_gap(code)
    return not set(needs).isdisjoint(asked) if needs else is_named


def known_of(reports: Sequence[Reported]) -> tuple[YesNo, NeedMet]:
    """Return what is known from reports, oldest first: the person's newest word, and where they said none, others'."""
    received, need_met = YesNo.UNKNOWN, NeedMet.UNKNOWN
    for one in sorted(reports, key=lambda one: one.said_by == ActorKind.PERSON):
        received = one.received if one.received is not YesNo.UNKNOWN else received
        need_met = one.need_met if one.need_met is not NeedMet.UNKNOWN else need_met
    return received, need_met


def came_of(status: Status, reports: Sequence[Reported]) -> GapHelp:
    """Return what came of one handoff for the gap that it was asked for."""
    received, need_met = known_of(reports)
    if need_met is NeedMet.YES:
        return GapHelp.HELPED
    if status in OPEN:
        return GapHelp.UNDER_WAY
    if need_met is NeedMet.UNKNOWN and received is YesNo.YES:
        return GapHelp.RECEIVED
    if need_met is NeedMet.PARTLY or received is YesNo.YES:
        return GapHelp.NOT_ENOUGH
    is_silent = status is Status.COMPLETED and (received, need_met) == (YesNo.UNKNOWN, NeedMet.UNKNOWN)
    return GapHelp.NOT_KNOWN if is_silent else GapHelp.NO_HELP


def best_of(found: Iterable[GapHelp]) -> GapHelp:
    """Return what a gap shows of all that came of its handoffs."""
    came = set(found)
    return next((one for one in _BEST_FIRST if one in came), GapHelp.NOBODY_ASKED)
