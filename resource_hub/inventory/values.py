"""The inventory's frozen values: markets to add, rules of eligibility, records as a source states them, edits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from resource_hub.core.codes import FactValue

# The kinds of listed numbers that a text message reaches.
TAKES_TEXTS = frozenset({"text", "sms", "cell", "mobile"})

FieldValue = str | int | float | bool | date | datetime | list[str] | None


class FactKind(StrEnum):
    """A kind of fact about a listing that is checked, and ages, on its own."""

    LISTING = "listing"
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    ELIGIBILITY = "eligibility"


class ReportKind(StrEnum):
    """What somebody says is wrong with a listing; `changed` is what an organization says of its own."""

    CLOSED = "closed"
    PHONE = "phone"
    HOURS = "hours"
    ADDRESS = "address"
    ELIGIBILITY = "eligibility"
    OTHER = "other"
    CHANGED = "changed"


class Resolution(StrEnum):
    """What came of a report."""

    FIXED = "fixed"
    WAS_RIGHT = "was-right"
    NOT_FOUND_OUT = "not-found-out"


class CallOutcome(StrEnum):
    """What came of a call to check a listing."""

    RIGHT = "right"
    CHANGED = "changed"
    NO_ANSWER = "no-answer"
    CLOSED = "closed"


class Operator(StrEnum):
    """How a fact is compared with the value of a rule; both ends of a range belong to it."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"


class RuleStatus(StrEnum):
    """An approved rule is known to hold and may exclude; a suggested one only asks."""

    APPROVED = "approved"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Rule:
    """One condition of eligibility; those of one `alternative` must all hold, and one alternative is enough."""

    fact: str
    operator: Operator
    value: FactValue | tuple[str, ...]
    status: RuleStatus
    words: str | None = None
    alternative: int = 0


@dataclass(frozen=True)
class NeedSuggestion:
    """A need that a service seems to answer, how probably, and the words of its listing that spoke most for it."""

    service_id: str
    need: str
    probability: float
    because: tuple[str, ...]


@dataclass(frozen=True)
class NewMarket:
    """A market to add; without counties and ZIP Codes it is the whole state, without a zone it has the state's."""

    slug: str
    name: str
    state: str
    counties: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    time_zone: str | None = None


@dataclass(frozen=True)
class FieldChange:
    """One field of one record, from what to what, as text; empty text is an empty field."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Origin:
    """Where a record was read: the file, and the row counted as a spreadsheet does (the header is row 1).

    In JSON the row is the object's number, or its line, and `path` leads to what stands inside it: `locations[0].`
    """

    file: str
    row: int
    path: str = ""


@dataclass(frozen=True)
class Draft:
    """A record as a source states it; references to other records are written in the source's own ids.

    Fields that the source does not have are absent and stay as they are. A record that was read out of another's row
    (a language, a term) has a `part_id` as its source id, and goes when the row no longer states it. The references
    named in `required` must lead to a record that is there. `checked` says when which kind of fact of a service was
    checked, where the source states it.
    """

    table: str
    source_id: str
    fields: Mapping[str, FieldValue]
    origin: Origin
    required: tuple[str, ...] = ()
    checked: Mapping[FactKind, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """A fault of one row; a `fatal` one means that the row cannot be stored. It never quotes the value."""

    origin: Origin
    field: str
    code: str
    text: str
    fatal: bool = False


@dataclass(frozen=True)
class KeptValue:
    """A steward's value that a source says otherwise: `theirs` is the source's, as it would be stored."""

    table: str
    record_id: str
    change: FieldChange
    theirs: object
    origin: Origin


@dataclass(frozen=True)
class Source:
    """Everything that a source states. `left_out` counts, by table, rows that gave a problem instead of a record.

    Drafts in a sequence may stand in any order. An iterator reads while it is stored, so it gives them table by table
    in the order of `schema.tables()`, and fills `problems` and `left_out` on the way. With `add_places` a service that
    the source puts nowhere gets a service_at_location without a place.
    """

    drafts: Iterable[Draft]
    problems: Sequence[Problem] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    add_places: bool = False


@dataclass(frozen=True)
class Crosswalk:
    """The needs that terms of a taxonomy answer, by the term's name in lower case: need code and weight."""

    needs: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Loaded:
    """What became of the records of a source, by table; every one read is in one of the other four.

    `changed` says whether anything in the inventory did.
    """

    read: Mapping[str, int]
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    skipped: Mapping[str, int]
    problems: tuple[Problem, ...]
    changed: bool = True
    kept: tuple[KeptValue, ...] = ()


@dataclass(frozen=True)
class RecordEdit:
    """Fields to set on one record of a listing; without an id the record is added."""

    table: str
    id: str | None
    fields: Mapping[str, FieldValue]
    remove: bool = False


@dataclass(frozen=True)
class ListingEdit:
    """What a steward changes on a listing. `based_on` is the listing's `changed_at` that the steward saw.

    `rules` and `needs` replace those there are; None leaves them. `confirmed` names kinds that were checked and right.
    """

    service_id: str
    based_on: datetime
    records: tuple[RecordEdit, ...] = ()
    rules: tuple[Rule, ...] | None = None
    needs: Mapping[str, float] | None = None
    confirmed: frozenset[FactKind] = frozenset()


@dataclass(frozen=True)
class Call:
    """What came of a call, which kinds of fact were asked about, and what to change."""

    service_id: str
    outcome: CallOutcome
    asked: frozenset[FactKind] = frozenset()
    edit: ListingEdit | None = None


@dataclass(frozen=True)
class AskTerms:
    """When organizations are asked by mail: facts so old, at most so often, by a link that works so long; in days."""

    after_days: int
    every_days: int
    open_days: int


class RecordKind(StrEnum):
    """A kind of record that can be there twice; the name is that of its table."""

    ORGANIZATION = "organization"
    LOCATION = "location"
    SERVICE = "service"


class PairStatus(StrEnum):
    """What is known about a pair that looks the same: nothing yet, not now, two records, or merged."""

    OPEN = "open"
    LATER = "later"
    DIFFERENT = "different"
    MERGED = "merged"


@dataclass(frozen=True)
class MergeRequest:
    """A steward's word that two records are one. `taken` names the fields whose value comes from the one that goes.

    `based_on` is what the steward saw: when each record had last changed, the kept one first.
    """

    kind: RecordKind
    kept_id: str
    gone_id: str
    taken: frozenset[str]
    based_on: tuple[datetime, datetime]
