"""Records around a listing, for tests on the database."""

from collections.abc import Callable
from datetime import date
from typing import Any

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import (
    EligibilityRule,
    Market,
    Schedule,
    Verification,
)
from resource_hub.matching.values import Match, Ranking
from tests.factories import Listing, stamps

TODAY = date(2026, 11, 20)


def add(work: Work, market: Market, kind: Callable[..., Any], **fields: Any) -> None:
    work.session.add(kind(**stamps(work, market), **fields))


def checked(work: Work, market: Market, listing: Listing, day: date = TODAY, kind: str = "listing") -> None:
    work.session.add(
        Verification(service_id=listing.service.id, fact_kind=kind, market_id=market.id, verified_on=day, source="test")
    )


def room(work: Work, market: Market, listing: Listing, status: str, free: int | None = None) -> None:
    work.session.add(
        Room(
            service_at_location_id=listing.service_at_location.id, market_id=market.id, status=status, free=free,
            as_of=work.now,
        )
    )  # fmt: skip


def open_on(work: Work, market: Market, listing: Listing, byday: str = "MO,TU,WE,TH,FR", **fields: Any) -> None:
    times = {"opens_at": "09:00", "closes_at": "17:00", **fields}
    add(work, market, Schedule, service_id=listing.service.id, freq="WEEKLY", byday=byday, **times)


def names(ranking: Ranking) -> list[str]:
    return [found.listing.name for found in ranking.matches]


def only(ranking: Ranking) -> Match:
    [found] = ranking.matches
    return found


def a_rule(work: Work, market: Market, listing: Listing, fact: str, value: Any, **fields: Any) -> None:
    rule = {"operator": "at_least", "status": "approved", "alternative": 0, **fields}
    work.session.add(
        EligibilityRule(
            id=new_id(), market_id=market.id, service_id=listing.service.id, fact=fact, value=value, source="test",
            created_at=work.now, **rule,
        )
    )  # fmt: skip
