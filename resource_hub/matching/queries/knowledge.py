"""What is known about each row: needs answered, when it was checked, languages, documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.codes import NEEDS
from resource_hub.inventory.models import ErrorReport, Language, Phone, RequiredDocument, ServiceNeed, Verification
from resource_hub.inventory.values import FactKind
from resource_hub.matching.queries.places import Place
from resource_hub.matching.rules.tongues import tag_of
from resource_hub.matching.rules.words import papers_in, says_nothing
from resource_hub.matching.values import Bools, Documents, Floats, Languages
from resource_hub.matching.values.columns import FACT_KINDS, REPORT_KINDS, no_reports

_REPORT = {kind.value: column for column, kind in enumerate(REPORT_KINDS)}
_NEED = {code: column for column, code in enumerate(NEEDS)}


class Checked(Protocol):
    """What is checked: a row of the service, or the service itself."""

    @property
    def service_id(self) -> str:
        """The service."""

    @property
    def assured_date(self) -> date | None:
        """When its source says that it was checked."""


def weights_of(session: Session, market_id: str, places: Sequence[Place]) -> Floats:
    """Return how well each row answers each need, in the order of the code list."""
    query = select(ServiceNeed.service_id, ServiceNeed.need, ServiceNeed.weight).where(
        ServiceNeed.market_id == market_id
    )
    by_service: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for service_id, need, weight in session.execute(query):
        if need in _NEED:
            by_service[service_id].append((_NEED[need], weight))
    weights = np.zeros((len(places), len(NEEDS)))
    for row, place in enumerate(places):
        for column, weight in by_service.get(place.service_id, ()):
            weights[row, column] = min(max(weight, 0.0), 1.0)
    return weights


def verified_of(session: Session, market_id: str, places: Sequence[Checked]) -> tuple[Floats, Floats]:
    """Return the day each kind of fact was last checked, and that of the listing itself; NaN for never.

    A kind that was never checked on its own is as old as the listing; the listing at least as fresh as its assurance.
    """
    query = select(Verification.service_id, Verification.fact_kind, Verification.verified_on).where(
        Verification.market_id == market_id
    )
    days: dict[tuple[str, str], int] = {
        (service_id, kind): day.toordinal() for service_id, kind, day in session.execute(query)
    }
    listing = np.array(
        [
            max(
                (day for day in (days.get((place.service_id, FactKind.LISTING)), _assured(place)) if day),
                default=np.nan,
            )
            for place in places
        ],
        dtype=np.float64,
    )
    kinds = [[days.get((place.service_id, kind), np.nan) for kind in FACT_KINDS] for place in places]
    table = np.array(kinds, dtype=np.float64).reshape(-1, len(FACT_KINDS))
    return np.where(np.isnan(table), listing[:, None], table), listing


def reported_of(session: Session, market_id: str, places: Sequence[Checked]) -> Bools:
    """Return of which kinds each row has an open report."""
    query = select(ErrorReport.service_id, ErrorReport.kind).where(
        ErrorReport.market_id == market_id, ErrorReport.open_key.is_not(None)
    )
    by_service: dict[str, list[int]] = defaultdict(list)
    for service_id, kind in session.execute(query):
        if kind in _REPORT:
            by_service[service_id].append(_REPORT[kind])
    reported = no_reports(len(places))
    for row, place in enumerate(places):
        reported[row, by_service.get(place.service_id, [])] = True
    return reported


def languages_of(session: Session, market_id: str, places: Sequence[Place]) -> Languages:
    """Return who speaks what: a language of the service, of its location, or of a telephone of either."""
    query = (
        select(
            Language.service_id, Language.location_id, Phone.service_id, Phone.location_id, Language.code, Language.name
        )
        .outerjoin(Phone, Phone.id == Language.phone_id)
        .where(Language.market_id == market_id)
    )
    tags: dict[str, set[str]] = defaultdict(set)
    for *owners, code, name in session.execute(query):
        tag = tag_of(code, name)
        for owner in owners:
            if owner and tag:
                tags[owner].add(tag)
    rows = [tags.get(place.service_id, set()) | tags.get(place.location_id or "", set()) for place in places]
    return Languages(
        _columns(rows),
        np.array([bool(row) for row in rows], dtype=np.bool_),
        np.array([not says_nothing(place.interpretation_services) for place in places], dtype=np.bool_),
    )


def documents_of(session: Session, market_id: str, places: Sequence[Place]) -> Documents:
    """Return who asks for which documents."""
    query = select(RequiredDocument.service_id, RequiredDocument.fact, RequiredDocument.document).where(
        RequiredDocument.market_id == market_id
    )
    facts: dict[str, set[str]] = defaultdict(set)
    for service_id, fact, document in session.execute(query):
        if fact or not says_nothing(document):
            facts[service_id] |= {fact} if fact else papers_in(document or "")
    rows = [facts.get(place.service_id, set()) for place in places]
    columns = dict(_columns(rows))
    return Documents(columns, columns.pop("", np.zeros(len(places), dtype=np.bool_)))


def _assured(place: Checked) -> int | None:
    return place.assured_date.toordinal() if place.assured_date else None


def _columns(rows: Sequence[Iterable[str]]) -> Mapping[str, Bools]:
    words = sorted({word for row in rows for word in row})
    return {word: np.array([word in row for row in rows], dtype=np.bool_) for word in words}
