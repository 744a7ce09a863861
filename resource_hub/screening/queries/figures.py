"""Counts over a market: what people want help with most, and the figures of the programme."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.people.models import PersonRecord
from resource_hub.screening.models import NeedRecord
from resource_hub.screening.values import WantsHelp


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
