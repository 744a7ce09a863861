"""Questions that narrow a list and never empty it: what nothing answers is let go, and that is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from resource_hub.core.language import marked as _
from resource_hub.matching.values import Match, OpenState, Reason
from resource_hub.web.shared.results import Row

NO_WAY, SPANISH = "no_way", "spanish"
FILTERS: Mapping[str, str] = {
    "today": _("Open today"),
    "no_id": _("No ID needed"),
    NO_WAY: _("I can’t travel"),
    "free": _("Free"),
    SPANISH: _("In Spanish"),
}
LET_GO: Mapping[str, str] = {
    "today": _("We found none that is open today."),
    "no_id": _("We found none that needs no ID."),
    NO_WAY: _("We found none that comes to you or works by phone."),
    "free": _("We found none that says it is free."),
    SPANISH: _("We found none that says it speaks Spanish."),
}
_FREE = re.compile(r"\b(free|no (cost|fees?|charge)|gratis|gratuit[oa]s?|sin costo)\b|\$ ?0(\.00)?\b", re.IGNORECASE)
_PAID = re.compile(r"\$ ?[1-9]|\bsliding\b|\bcopay", re.IGNORECASE)
_ID = "has_id"


@dataclass(frozen=True)
class Narrowed:
    """The rows that answer the questions; `let_go` are those that nothing answers beside the others."""

    rows: tuple[Row, ...]
    let_go: tuple[str, ...]


def narrowed(rows: Sequence[Row], chosen: Sequence[str], at: datetime, zone: str) -> Narrowed:
    """Return the rows that answer the chosen questions; as few as can be are let go, and the list is never emptied."""
    answers = {code: frozenset(n for n, row in enumerate(rows) if _ANSWERS[code](row, at, zone)) for code in chosen}
    for count in range(len(chosen), 0, -1):
        for kept in combinations(chosen, count):
            both = frozenset.intersection(*(answers[code] for code in kept))
            if both:
                return Narrowed(tuple(rows[n] for n in sorted(both)), tuple(c for c in chosen if c not in kept))
    return Narrowed(tuple(rows), tuple(chosen) if rows else ())


def _open_today(row: Row, at: datetime, zone: str) -> bool:
    opening = row.match.opening
    coming = opening.next_open
    return opening.state is OpenState.OPEN or bool(
        coming and coming.astimezone(ZoneInfo(zone)).date() == at.astimezone(ZoneInfo(zone)).date()
    )


def _needs_no_id(row: Row, at: datetime, zone: str) -> bool:
    asked = {reason.values.get("document") for reason in _reasons(row.match)}
    return _ID not in asked | {question.fact for question in row.match.questions}


def _free(row: Row, at: datetime, zone: str) -> bool:
    fees = row.card.fees or ""
    return bool(_FREE.search(fees)) and not _PAID.search(fees)


def _spanish(row: Row, at: datetime, zone: str) -> bool:
    return any(reason.code in {"language_spoken", "language_interpreted"} for reason in _reasons(row.match))


def _reasons(match: Match) -> list[Reason]:
    return [reason for factor in match.factors for reason in factor.reasons]


_ANSWERS: Mapping[str, Callable[[Row, datetime, str], bool]] = {
    "today": _open_today,
    "no_id": _needs_no_id,
    NO_WAY: lambda row, _at, _zone: row.remote is not None,
    "free": _free,
    SPANISH: _spanish,
}
