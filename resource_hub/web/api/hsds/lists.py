"""Lists of the API: filtered, page by page, or all of it as one stream of lines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil

from flask import Response
from sqlalchemy.orm import Session

from resource_hub.exchange.hsds.writing.gathering import Sight
from resource_hub.exchange.hsds.writing.market import hidden_in
from resource_hub.exchange.hsds.writing.objects import Object
from resource_hub.exchange.hsds.writing.redaction import shown
from resource_hub.exchange.hsds.writing.shapes import Shape, answers
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import get_market, list_revisions
from resource_hub.inventory.queries.hidden import Hidden
from resource_hub.inventory.queries.publishing import Record
from resource_hub.inventory.queries.walking import Walk, page_of
from resource_hub.inventory.queries.wanted import Wanted, find, ids_of, merged_into
from resource_hub.web.api.hsds.answers import answer
from resource_hub.web.api.hsds.kinds import MERGEABLE, Kind
from resource_hub.web.api.hsds.parameters import MOST_PER_PAGE, PER_PAGE, Parameters, refuse
from resource_hub.web.shared.hub import Hub, current_hub, current_work

_LINES = "application/x-ndjson"
_MOST_PAGES = 999_999_999


@dataclass(frozen=True)
class _Asked:
    kind: Kind
    wanted: Wanted
    shape: Shape
    markets: list[Market]


def list_of(kind: Kind) -> Response:
    """Answer a list of records of a kind."""
    given, session = Parameters(kind.parameters), current_work().session
    asked = _asked(session, kind, given)
    form = given.text("format") or "json"
    if form not in {"json", "ndjson"}:
        refuse("format", "Send json or ndjson.")
    most = MOST_PER_PAGE[asked.shape]
    size = given.whole("per_page", most if asked.shape is Shape.MINIMAL else min(PER_PAGE, most), most)
    number = given.whole("page", 1, _MOST_PAGES)
    if form == "ndjson":
        return Response(_stream(current_hub(), asked), mimetype=_LINES)
    found = find(session, asked.wanted, asked.markets)
    return answer(_page(session, asked, found, number, size), asked.markets)


def one_of(kind: Kind, record_id: str, shape: Shape) -> tuple[Object | None, list[Market]]:
    """Return one record, and the markets there are; None where there is no such record."""
    session = current_work().session
    markets = list_revisions(session)
    found = answers(session, kind.table, [record_id.lower()], shape, sight(session, markets))
    return (found[0] if found else None), markets


def survivor_of(kind: Kind, record_id: str) -> str | None:
    """Return the record that another one went into; None where it went into none."""
    session = current_work().session
    return merged_into(session, kind.table, record_id.lower()) if kind in MERGEABLE else None


def sight(session: Session, markets: list[Market]) -> Sight:
    """Return how records of any market may be seen from outside."""
    known = {market.id: market for market in markets}

    @cache
    def hidden(market_id: str) -> Hidden:
        return hidden_in(session, known[market_id])

    def see(table: str, record: Record) -> Record | None:
        return shown(table, record, hidden(record["market_id"]))

    return see


def _asked(session: Session, kind: Kind, given: Parameters) -> _Asked:
    slug = given.text("market")
    markets = [get_market(session, slug)] if slug else list_revisions(session)
    code, metres = given.near()
    wanted = Wanted(
        kind.table,
        market_id=markets[0].id if slug else None,
        words=given.words("search"),
        modified_after=given.moment("modified_after"),
        taxonomy_term_id=given.id("taxonomy_term_id"),
        taxonomy_id=given.id("taxonomy_id"),
        organization_id=given.id("organization_id"),
        parent_id=given.id("parent_id"),
        top_only=given.yes("top_only"),
        postal_code=code,
        metres=metres,
    )
    return _Asked(kind, wanted, _shape(given), markets)


def _shape(given: Parameters) -> Shape:
    # Of several wishes the one for most is granted.
    for shape in (Shape.FULL_SERVICE, Shape.FULL, Shape.MINIMAL):
        if given.yes(shape.value):
            return shape
    return Shape.PLAIN


def _page(session: Session, asked: _Asked, found: Walk, number: int, size: int) -> Object:
    ids = page_of(session, ids_of(session, asked.wanted), found, (number - 1) * size, size)
    contents = answers(session, asked.kind.table, ids, asked.shape, sight(session, asked.markets)) if ids else []
    pages = ceil(found.total / size)
    return {
        "total_items": found.total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _stream(hub: Hub, asked: _Asked) -> Iterator[bytes]:
    # The answer outlives the request's own session; all of it is of one moment.
    with hub.database.read() as session:
        size = min(MOST_PER_PAGE[asked.shape], 500)
        found = find(session, asked.wanted, asked.markets)
        see = sight(session, asked.markets)
        for offset in range(0, found.total, size):
            ids = page_of(session, ids_of(session, asked.wanted), found, offset, size)
            for one in answers(session, asked.kind.table, ids, asked.shape, see):
                yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
