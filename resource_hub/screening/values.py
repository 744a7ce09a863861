"""Instruments as data, what somebody answered, what follows from it, and what they want help with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# A text in several languages, by language tag; empty where only the codes of an instrument are known.
Texts = Mapping[str, str]


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


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    MET = "met"


@dataclass(frozen=True)
class AnswerOption:
    """An answer that can be chosen; `positive` when it alone shows a risk in some domain."""

    code: str
    text: Texts
    positive: bool = False
    refusal: bool = False
    score: int | None = None


@dataclass(frozen=True)
class Item:
    """A question; `notice` is shown when a positive answer is chosen."""

    code: str
    text: Texts
    answers: tuple[AnswerOption, ...]
    notice: Texts
    several: bool = False

    def option(self, code: str) -> AnswerOption | None:
        """Return the answer with a code."""
        return next((option for option in self.answers if option.code == code), None)


@dataclass(frozen=True)
class AnyPositive:
    """Positive when one of the items got one of its positive answers."""

    positive: Mapping[str, frozenset[str]]

    @property
    def codes(self) -> tuple[str, ...]:
        """The questions it looks at."""
        return tuple(self.positive)


@dataclass(frozen=True)
class SumAtLeast:
    """Positive when the scores of the items reach a cut-off."""

    codes: tuple[str, ...]
    at_least: int


@dataclass(frozen=True)
class DomainRule:
    """How answers decide about one domain; several rules of a domain are joined by "or"."""

    domain: str
    test: AnyPositive | SumAtLeast


@dataclass(frozen=True)
class Instrument:
    """A questionnaire with its scoring. Codes are its own: the same code elsewhere may mean something else."""

    name: str
    version: str
    title: Texts
    label: Texts
    introduction: Texts
    help_question: Texts
    help_answers: Mapping[str, Texts]
    items: tuple[Item, ...]
    rules: tuple[DomainRule, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains it decides about, in its order."""
        return tuple(dict.fromkeys(rule.domain for rule in self.rules))

    def item(self, code: str) -> Item | None:
        """Return the question with a code."""
        return next((item for item in self.items if item.code == code), None)

    def domains_of(self, code: str) -> tuple[str, ...]:
        """Return the domains that a question decides about."""
        found = (rule.domain for rule in self.rules if code in rule.test.codes)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, repr=False)
class Answer:
    """One chosen answer; a question of several choices has several."""

    item: str
    answer: str


@dataclass(frozen=True, repr=False)
class Answers:
    """A questionnaire filled in: what was answered, and the wish for help by need code, in the person's order."""

    given: tuple[Answer, ...]
    wants_help: Mapping[str, WantsHelp]


@dataclass(frozen=True, repr=False)
class DomainResult:
    """What was found in a domain: the questions that made it positive, and those that were refused."""

    domain: str
    result: Result
    because: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


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


@dataclass(frozen=True, repr=False)
class Change:
    """A domain whose result is another than the time before; `before` is None when it was never asked."""

    domain: str
    before: Result | None
    now: Result


def text_in(texts: Texts, language: str) -> str:
    """Return a text in a language, else in English, else in any language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
