"""The person served, as staff see them once opened; what can be shared about them, and on which terms.

None of these values shows its content in `repr`, so that none can reach a log by accident.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from resource_hub.core.codes import FACTS, FactValue
from resource_hub.core.language import marked as _

LONGEST_CONSENT_DAYS = 365


class RouteKind(StrEnum):
    """How a contact route reaches the person."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    OTHER = "other"


class Basis(StrEnum):
    """Why a consent lets fields be shared."""

    TREATMENT = "treatment"
    AUTHORIZATION = "authorization"
    SELF_REFERRAL = "self-referral"


class HowGiven(StrEnum):
    """How the person gave a consent."""

    VERBAL = "verbal"
    WRITTEN = "written"
    ELECTRONIC = "electronic"


class Purpose(StrEnum):
    """What the shared fields may be used for."""

    HANDOFF = "handoff"
    FOLLOW_UP = "follow-up"


FACT_PREFIX = "fact:"
# What leaves only when a consent names it, beside the field that it stands in.
SENSITIVE_PREFIX = "sensitive:"

# The name of a field that a consent can cover, and what the person is told it is.
SHAREABLE_FIELDS: Mapping[str, str] = {
    "name": _("Name"),
    "birth": _("Date or year of birth"),
    "postal_code": _("ZIP Code"),
    "language": _("Language"),
    "contact_routes": _("How to reach you"),
    "needs": _("What you want help with"),
    "note": _("A note about this request"),
    SENSITIVE_PREFIX + "violence": _("What you said about violence, and help with it"),
    SENSITIVE_PREFIX + "substance-use": _("What you said about alcohol, tobacco or drugs"),
    SENSITIVE_PREFIX + "mental-health": _("What you said about your mind and mood"),
} | {FACT_PREFIX + fact.name: fact.label for fact in FACTS.values()}


@dataclass(frozen=True, repr=False)
class PersonFactValue:
    """One fact that decides eligibility, and the day it was last known to be so."""

    name: str
    value: FactValue
    as_of: date


@dataclass(frozen=True, repr=False)
class NewRoute:
    """A way to reach the person, as somebody wrote it; `proxy` is who may answer for them."""

    kind: RouteKind
    value: str
    note: str = ""
    safe_to_leave_message: bool = False
    proxy: str = ""
    best_time: str = ""


@dataclass(frozen=True, repr=False)
class Route:
    """A way to reach the person. A phone number is in E.164, with `;ext=` where it has an extension."""

    id: str
    kind: RouteKind
    value: str
    note: str
    safe_to_leave_message: bool
    proxy: str = ""
    best_time: str = ""


@dataclass(frozen=True, repr=False)
class NewPerson:
    """A person to add. `birth` is a year (1950) or a date (1950-03-14); an empty text is unknown."""

    name: str
    record_number: str = ""
    birth: str = ""
    postal_code: str = ""
    language: str = ""
    facts: tuple[PersonFactValue, ...] = ()
    routes: tuple[NewRoute, ...] = ()


@dataclass(frozen=True, repr=False)
class Corrections:
    """What to change about a person: None leaves a field as it is, an empty text takes it away."""

    name: str | None = None
    record_number: str | None = None
    birth: str | None = None
    postal_code: str | None = None
    language: str | None = None


@dataclass(frozen=True, repr=False)
class Person:
    """The person served, opened; an empty text is unknown. Routes stand in the order to try them."""

    id: str
    market_id: str
    name: str
    record_number: str = ""
    birth: str = ""
    postal_code: str = ""
    language: str = ""
    facts: tuple[PersonFactValue, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, repr=False)
class PersonSummary:
    """Enough to tell people apart in a list."""

    id: str
    name: str
    record_number: str
    changed_at: datetime


@dataclass(frozen=True)
class AgeRange:
    """The whole years a person may be: both are the same when a date of birth is known."""

    lowest: int
    highest: int


@dataclass(frozen=True)
class ConsentTerms:
    """What the person agreed to: which fields (of SHAREABLE_FIELDS), what for, and for how many days."""

    fields: frozenset[str]
    basis: Basis
    how_given: HowGiven
    days: int
    purpose: Purpose = Purpose.HANDOFF


@dataclass(frozen=True, repr=False)
class SharedPerson:
    """What a consent lets its organization see now; None, or nothing, where it does not cover a field."""

    person_id: str
    fields: frozenset[str]
    name: str | None = None
    birth: str | None = None
    postal_code: str | None = None
    language: str | None = None
    routes: tuple[Route, ...] = ()
    facts: tuple[tuple[str, FactValue], ...] = ()
