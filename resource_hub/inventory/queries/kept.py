"""What is made from a market's inventory, kept in the process until the market's revision grows."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Market

T = TypeVar("T")

MARKETS_KEPT = 8


class Kept(Generic[T]):
    """One thing for each of the markets that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[tuple[str, int], T]] = OrderedDict()

    def get(self, session: Session, market: Market, make: Callable[[], T]) -> T:
        """Return what is kept for a market as it stands, or make it. What may never be committed is not kept."""
        bind = session.get_bind()
        if not isinstance(bind, Engine):
            # Somebody else's transaction: what it sees may never be committed.
            return make()
        kept = self._kept.get(market.id)
        if kept and kept[0] == _stamp(bind, market):
            return kept[1]
        made = make()
        if not bind.get_execution_options().get("writes"):
            self.put(bind, market, made)
        return made

    def put(self, bind: Engine, market: Market, thing: T) -> None:
        """Keep what was made of a market as it is committed."""
        self._kept[market.id] = (_stamp(bind, market), thing)
        self._kept.move_to_end(market.id)
        while len(self._kept) > MARKETS_KEPT:
            self._kept.popitem(last=False)


def _stamp(bind: Engine, market: Market) -> tuple[str, int]:
    return str(bind.url), market.revision
