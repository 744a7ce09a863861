"""Instruments as data: their items, answers, and how answers decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# A text in several languages, by language tag; empty where only the codes of an instrument are known.
Texts = Mapping[str, str]


class Kind(StrEnum):
    """What an item is: a question with its kind of answer, a group of items, or words to read."""

    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    QUANTITY = "quantity"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    GROUP = "group"
    DISPLAY = "display"

    @property
    def chooses(self) -> bool:
        """Whether it is answered from a list."""
        return self in {Kind.CHOICE, Kind.OPEN_CHOICE}

    @property
    def asks(self) -> bool:
        """Whether it is answered at all."""
        return self not in {Kind.GROUP, Kind.DISPLAY}


class Sensitivity(StrEnum):
    """Why an answer leaves only under a consent that covers it by name."""

    VIOLENCE = "violence"
    SUBSTANCE_USE = "substance-use"
    MENTAL_HEALTH = "mental-health"


@dataclass(frozen=True)
class Condition:
    """Asks about the answers to another item: exists, =, !=, >, <, >= or <=, and a value written as answers are."""

    item: str
    operator: str
    value: str


@dataclass(frozen=True)
class Enabling:
    """When an item is asked: all of its conditions hold, or any."""

    conditions: tuple[Condition, ...]
    every: bool = False


@dataclass(frozen=True)
class Flag:
    """Answers one code when an item got a named answer, another when all were answered and none did."""

    positive: Mapping[str, frozenset[str]]
    yes: str
    no: str


@dataclass(frozen=True)
class Total:
    """The sum of the scores of some items, once all are answered."""

    codes: tuple[str, ...]


Calculation = Flag | Total


@dataclass(frozen=True)
class AnswerOption:
    """An answer that can be chosen; `positive` when it alone shows a risk in some domain.

    `unverified` says that nobody compared that with what the instrument's owner published. `icd10` are codes that a
    clinician may consider, the likeliest first. `system` is where the code comes from.
    """

    code: str
    text: Texts
    positive: bool = False
    refusal: bool = False
    score: int | None = None
    unverified: bool = False
    icd10: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True)
class Item:
    """A question, a group, or words to read. `notice` is shown when a positive answer is chosen.

    `link_id` is its name in the file it came from, `within` the code of its group. Whoever is younger than `from_age`
    is not asked. `system` is where the code comes from and `display` what it is called there; `read_only` items are
    not asked, `calculation` fills them.
    """

    code: str
    text: Texts
    answers: tuple[AnswerOption, ...]
    notice: Texts
    several: bool = False
    kind: Kind = Kind.CHOICE
    link_id: str = ""
    within: str = ""
    system: str = ""
    display: str = ""
    required: bool = False
    read_only: bool = False
    longest: int | None = None
    unit: str = ""
    initial: tuple[str, ...] = ()
    from_age: int = 0
    enabling: Enabling | None = None
    calculation: Calculation | None = None
    sensitivity: Sensitivity | None = None

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
class Limit:
    """The least that is enough from one age to another (whole years, both included)."""

    from_age: int
    to_age: int
    least: int


@dataclass(frozen=True)
class ProductBelow:
    """Positive when two numbers multiply to less than what is enough at the person's age."""

    codes: tuple[str, ...]
    limits: tuple[Limit, ...]
    icd10: tuple[str, ...] = ()


Test = AnyPositive | SumAtLeast | ProductBelow


@dataclass(frozen=True)
class DomainRule:
    """How answers decide about one domain; several rules of a domain are joined by "or"."""

    domain: str
    test: Test


@dataclass(frozen=True)
class SafetyRule:
    """Answers that mean danger now; `code` is a rule of the safety vocabulary, which names the help."""

    code: str
    test: Test


@dataclass(frozen=True)
class Source:
    """Where an imported instrument comes from: its canonical address and version, and the owner's terms."""

    url: str
    version: str
    notice: str


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
    safety: tuple[SafetyRule, ...] = ()
    panel: str = ""
    source: Source | None = None

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains it decides about, in its order."""
        return tuple(dict.fromkeys(rule.domain for rule in self.rules))

    @property
    def questions(self) -> tuple[Item, ...]:
        """The items that somebody answers."""
        return tuple(item for item in self.items if item.kind.asks and not item.read_only)

    def item(self, code: str) -> Item | None:
        """Return the item with a code."""
        return next((item for item in self.items if item.code == code), None)

    def domains_of(self, code: str) -> tuple[str, ...]:
        """Return the domains that a question decides about."""
        found = (rule.domain for rule in self.rules if code in rule.test.codes)
        return tuple(dict.fromkeys(found))


def text_in(texts: Texts, language: str) -> str:
    """Return a text in a language, else in English, else in any language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
