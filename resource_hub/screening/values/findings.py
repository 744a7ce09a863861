"""What somebody answered, what follows from it, and what they want help with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resource_hub.screening.values.form import Sensitivity

# Domains that are no category of need, and the need that help with them is asked under.
NEED_OF: Mapping[str, str] = {"substance-use": "sdoh-category-unspecified", "mental-health": "stress"}

# What a domain, or a need, says about the person that only a consent by name lets out.
SENSITIVITY_OF: Mapping[str, Sensitivity] = {
    "intimate-partner-violence": Sensitivity.VIOLENCE,
    "elder-abuse": Sensitivity.VIOLENCE,
    "substance-use": Sensitivity.SUBSTANCE_USE,
    "mental-health": Sensitivity.MENTAL_HEALTH,
}


class Result(StrEnum):
    """What the answers say about one domain."""

    POSITIVE = "positive"
    NOT_INDICATED = "not-indicated"
    INCOMPLETE = "incomplete"


class WantsHelp(StrEnum):
    """Whether somebody wants help with a need: their own choice, apart from any risk."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Mode(StrEnum):
    """How the answers came: staff asked, the person answered alone, or wrote on paper that staff keyed in."""

    STAFF = "staff"
    ALONE = "alone"
    PAPER = "paper"


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    MET = "met"


@dataclass(frozen=True, repr=False)
class Answer:
    """One chosen answer; a question of several choices has several."""

    item: str
    answer: str


@dataclass(frozen=True, repr=False)
class Answers:
    """A questionnaire filled in: what was answered, and the wish for help by need code, in the person's order.

    `age` is the person's in years on that day, where it is known.
    """

    given: tuple[Answer, ...]
    wants_help: Mapping[str, WantsHelp]
    age: float | None = None


@dataclass(frozen=True, repr=False)
class DomainResult:
    """What was found in a domain: the questions that made it positive, and those that were refused.

    `unverified` are those of `because` whose meaning nobody compared with what the owner published.
    """

    domain: str
    result: Result
    because: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Suggestion:
    """An ICD-10-CM code that a clinician may consider for a domain; unconfirmed, and sent nowhere by itself."""

    domain: str
    code: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Choices:
    """What the person wants, by need code in their order; `unasked` are risks that nobody asked them about."""

    needs: tuple[str, ...]
    later: tuple[str, ...]
    declined: tuple[str, ...]
    unasked: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Need:
    """A need of a person as it stands; `screening_id` names the screening in which they last spoke about it."""

    code: str
    wants_help: WantsHelp
    state: NeedState
    screening_id: str | None
    changed_at: datetime


@dataclass(frozen=True, repr=False)
class Screening:
    """A questionnaire that a person filled in, with its results."""

    id: str
    instrument: str
    version: str
    screened_at: datetime
    results: tuple[DomainResult, ...]
    choices: Choices
    suggestions: tuple[Suggestion, ...] = ()
    dangers: tuple[str, ...] = ()
    mode: Mode | None = None


@dataclass(frozen=True, repr=False)
class SoFar:
    """What the answers of a screening under way say up to now: results by domain, and rules of safety."""

    results: tuple[DomainResult, ...]
    dangers: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class History:
    """Results by domain over the last screenings, the oldest first; None where a screening did not ask."""

    days: tuple[datetime, ...]
    rows: Mapping[str, tuple[Result | None, ...]]


@dataclass(frozen=True, repr=False)
class Visit:
    """A person answering alone; `answered` once their answers are written down."""

    id: str
    person_id: str
    instrument: str
    answered: bool


@dataclass(frozen=True, repr=False)
class Change:
    """A domain whose result is another than the time before; `before` is None when it was never asked."""

    domain: str
    before: Result | None
    now: Result


@dataclass(frozen=True, repr=False)
class Draft:
    """A screening under way: what was answered so far. `position` says how often it was saved."""

    id: str
    person_id: str
    instrument: str
    version: str
    answers: Answers
    position: int
    saved_at: datetime


@dataclass(frozen=True)
class Imported:
    """An instrument that was brought; `created` is False where this version was there already."""

    id: str
    name: str
    version: str
    created: bool
