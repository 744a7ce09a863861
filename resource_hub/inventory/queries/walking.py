"""Long lists, page by page: any page costs what the first one does.

A walk remembers every `STEP`th id of a list. A page begins at the nearest one before it and steps over the few between.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Market

STEP = 200
WALKS_KEPT = 64


@dataclass(frozen=True)
class Walk:
    """How many ids a list has, and every `STEP`th of them; or all of them, where the database cannot say which."""

    total: int
    marks: tuple[str, ...]
    everything: tuple[str, ...] = ()


_kept: OrderedDict[Hashable, Walk] = OrderedDict()


def keep(session: Session, key: Hashable, markets: list[Market], make: Callable[[], Walk]) -> Walk:
    """Return a walk that was made before, of the same inventories, or make it."""
    bind = session.get_bind()
    if not isinstance(bind, Engine):
        # Somebody else's transaction: what it sees may never be committed.
        return make()
    stamp = (str(bind.url), key, tuple((market.id, market.revision) for market in markets))
    made = _kept.get(stamp) or make()
    _kept[stamp] = made
    _kept.move_to_end(stamp)
    while len(_kept) > WALKS_KEPT:
        _kept.popitem(last=False)
    return made


def page_of(session: Session, ids: Select[Any], walk: Walk, offset: int, limit: int) -> list[str]:
    """Return the ids of a page."""
    if offset >= walk.total or walk.everything:
        return list(walk.everything[offset : offset + limit])
    mark = offset // STEP
    column = next(iter(ids.selected_columns))
    query = ids.where(column >= walk.marks[mark]).order_by(column).limit(limit).offset(offset - mark * STEP)
    return list(session.scalars(query))


def walk_along(ids: Iterable[str]) -> Walk:
    """Return the walk along a list that is in memory."""
    everything = tuple(ids)
    return Walk(len(everything), (), everything)


def walk_through(session: Session, ids: Select[Any]) -> Walk:
    """Return the walk through a list of the database."""
    column = next(iter(ids.selected_columns))
    numbered = ids.add_columns(func.row_number().over(order_by=column).label("place")).subquery()
    inside = next(iter(numbered.c))
    marks = select(inside).where((numbered.c.place - 1) % STEP == 0).order_by(inside)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    return Walk(total, tuple(session.scalars(marks)))
