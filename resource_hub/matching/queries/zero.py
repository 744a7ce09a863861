"""Searches that found nothing, counted by need and day; of the words nothing is kept."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from resource_hub.matching.models import ZeroResult


def count_zero(session: Session, market_id: str, needs: Iterable[str], day: date) -> None:
    """Count one search for each need on a day of the market; also where others count at the same time."""
    # In one order, so that two that count the same needs never wait for each other.
    for need in sorted(needs):
        if _raised(session, market_id, need, day):
            continue
        try:
            with session.begin_nested():
                session.add(ZeroResult(market_id=market_id, need=need, day=day, searches=1))
        except IntegrityError:
            # Somebody else was first.
            _raised(session, market_id, need, day)


def _raised(session: Session, market_id: str, need: str, day: date) -> bool:
    counted = session.execute(
        update(ZeroResult)
        .where(ZeroResult.market_id == market_id, ZeroResult.need == need, ZeroResult.day == day)
        .values(searches=ZeroResult.searches + 1)
        .execution_options(synchronize_session=False)
    )
    return isinstance(counted, CursorResult) and counted.rowcount > 0
