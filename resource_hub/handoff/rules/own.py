"""What somebody asks a service for by themself, and whether they may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resource_hub.people.rules.least import STRICT_LABELS
from resource_hub.people.values import NewPerson

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


@dataclass(frozen=True, repr=False)
class OwnRequest:
    """What somebody asks for by themself: who they are and how to reach them; `need` is empty where they do not say."""

    service_at_location_id: str
    person: NewPerson
    need: str = ""


@dataclass(frozen=True, repr=False)
class OwnAsked:
    """A request that was sent: the code to follow or withdraw it, and by when it should be answered (UTC)."""

    code: str
    due_at: datetime | None


def why_not(service: Askable) -> WhyNot | None:
    """Return why a service is not asked for a contact; None where it may be.

    Help with violence, alcohol or drugs needs an authorization, and a call from there can put somebody in danger.
    """
    if service.confidential or STRICT_LABELS & set(service.labels):
        return WhyNot.CAREFUL
    if not service.active:
        return WhyNot.CLOSED
    return None if service.reachable else WhyNot.NO_WAY
