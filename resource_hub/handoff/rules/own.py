"""Whether somebody may ask a service by themself to contact them."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from resource_hub.people.rules.least import STRICT_LABELS

# One service is not buried by people, or programs, who fill in the form again and again.
MOST_A_DAY = 20


class WhyNot(StrEnum):
    """Why a service cannot be asked by the person themself; what is safer to do comes first."""

    CAREFUL = "careful"
    CLOSED = "closed"
    NO_WAY = "no_way"


@dataclass(frozen=True)
class Askable:
    """What decides it: the labels of what the service does, and whether it is secret, active, and can be written to."""

    labels: Collection[str]
    confidential: bool
    active: bool
    reachable: bool


def why_not(service: Askable) -> WhyNot | None:
    """Return why a service is not asked for a contact; None where it may be.

    Help with violence, alcohol or drugs needs an authorization, and a call from there can put somebody in danger.
    """
    if service.confidential or STRICT_LABELS & set(service.labels):
        return WhyNot.CAREFUL
    if not service.active:
        return WhyNot.CLOSED
    return None if service.reachable else WhyNot.NO_WAY
