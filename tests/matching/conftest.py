"""A market beside a neighbour's, and a way to ask it."""

from collections.abc import Callable
from typing import Any

import pytest

from resource_hub.accounts.work import Work
from resource_hub.core.geography import find_postal_code
from resource_hub.inventory.models import (
    Market,
)
from resource_hub.matching.service import match
from resource_hub.matching.values import Policy, Query, Ranking
from tests.factories import a_market
from tests.matching.build import ORIGIN


@pytest.fixture
def market(work: Work) -> Market:
    """A market, beside a neighbour whose pantry must never show."""
    return a_market(work)


@pytest.fixture
def ranking(work: Work, market: Market) -> Callable[..., Ranking]:
    """Ask the market for food at the origin, on a Friday at ten in the morning."""

    def ask(policy: Policy | None = None, **words: Any) -> Ranking:
        asked = Query(
            **{
                "needs": ("food-insecurity",),
                "at": work.now,
                "origin": ORIGIN,
                "home": find_postal_code("21201"),
                **words,
            }
        )
        work.session.flush()
        return match(work.session, market, asked, *([policy] if policy else []))

    return ask
