"""Counts over a market: what people want help with most, and the figures of the programme."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import open_person
from resource_hub.screening.models import NeedRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.rules.figures import Counted, Figures, figures
from resource_hub.screening.values import Result, WantsHelp

DAYS = 365
_PARTS = frozenset({"language", "postal_code"})
_ZIP3 = 3


def most_wanted(session: Session, market_id: str) -> tuple[str, ...]:
    """Return the needs that people of a market want help with, what most want first."""
    people = func.count().label("people")
    query = (
        select(NeedRecord.code, people)
        .join(PersonRecord, PersonRecord.id == NeedRecord.person_id)
        .where(PersonRecord.market_id == market_id, NeedRecord.wants_help == WantsHelp.YES)
        .group_by(NeedRecord.code)
        .order_by(people.desc(), NeedRecord.code)
    )
    return tuple(code for code, _people in session.execute(query))


def figures_of(work: Work, market_id: str) -> Figures:
    """Return the figures of a market over the last year; the caller has made sure that the actor sees the market."""
    return figures(_counted(work, market_id))


def _counted(work: Work, market_id: str) -> Iterator[Counted]:
    results, wishes = _results(work, market_id), _wishes(work.session, market_id)
    query = select(PersonRecord).where(PersonRecord.market_id == market_id).execution_options(yield_per=1000)
    for record in work.session.scalars(query):
        person = open_person(work.vault, record, _PARTS)
        yield Counted(
            language=person.language.partition("-")[0],
            area=person.postal_code[:_ZIP3],
            results=results.get(record.id),
            wishes=wishes.get(record.id, {}),
        )


def _results(work: Work, market_id: str) -> Mapping[str, Mapping[str, Result]]:
    """Return what is known of each person's domains, the newest counting; who was asked nothing is there as well."""
    query = (
        select(ScreeningRecord.person_id, SocialRiskRecord.domain, SocialRiskRecord.result)
        .join(PersonRecord, PersonRecord.id == ScreeningRecord.person_id)
        .outerjoin(SocialRiskRecord, SocialRiskRecord.screening_id == ScreeningRecord.id)
        .where(PersonRecord.market_id == market_id, ScreeningRecord.screened_at >= work.now - timedelta(days=DAYS))
        .order_by(ScreeningRecord.screened_at, ScreeningRecord.id)
    )
    found: dict[str, dict[str, Result]] = defaultdict(dict)
    for person_id, domain, result in work.session.execute(query):
        known = found[person_id]
        if domain is not None:
            known[domain] = Result(result)
    return found


def _wishes(session: Session, market_id: str) -> Mapping[str, Mapping[str, WantsHelp]]:
    query = (
        select(NeedRecord.person_id, NeedRecord.code, NeedRecord.wants_help)
        .join(PersonRecord, PersonRecord.id == NeedRecord.person_id)
        .where(PersonRecord.market_id == market_id)
    )
    found: dict[str, dict[str, WantsHelp]] = defaultdict(dict)
    for person_id, code, wish in session.execute(query):
        found[person_id][code] = WantsHelp(wish)
    return found
