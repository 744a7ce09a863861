"""My list: kept in the reader's browser alone, or chosen by a form, and shown here to print. Nothing is kept here."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from resource_hub.handoff.queries.own import why_not_asked
from resource_hub.inventory.models import Market, ServiceAtLocation
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import look
from resource_hub.web.portal.keeping import brought_back, kept_at
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language, current_translate
from resource_hub.web.shared.results import Row, rows_of

blueprint = Blueprint("saved", __name__, url_prefix="/my-list")

LONGEST = 30
AT_ONCE = "at_once"


@blueprint.get("")
@guarded(PUBLIC)
def show() -> ResponseReturnValue:
    """Show the page that the browser fills with what it keeps."""
    return render_template("portal/saved.html", rows=None, gone=0, askable=())


@blueprint.post("")
@guarded(PUBLIC, writes=False)
def chosen() -> ResponseReturnValue:
    """Let the browser keep what was chosen and lead to it; show it at once to a script, or where nothing is kept."""
    by_script = bool(request.form.get(AT_ONCE))
    return (None if by_script else kept_at("saved.again")) or _page(request.form.getlist("keep"))


@blueprint.get("/<signs>")
@guarded(PUBLIC)
def again(signs: str) -> ResponseReturnValue:
    """Show what the browser keeps under these signs; where it keeps it no more, what its script keeps."""
    kept = brought_back(signs)
    return show() if kept is None else _page(kept.getlist("keep"))


def _page(chosen: list[str]) -> str:
    """Show the listings that were chosen, in their order."""
    asked = list(dict.fromkeys(filter(None, map(_id, chosen))))[:LONGEST]
    rows = _rows(asked)
    return render_template(
        "portal/saved.html",
        rows=[rows[one] for one in asked if one in rows],
        askable={one for one, why_not in why_not_asked(current_work().session, asked).items() if why_not is None},
        gone=sum(one not in rows for one in asked),
    )


def _rows(ids: list[str]) -> dict[str, Row]:
    work = current_work()
    there = list(work.session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.id.in_(ids))))
    rows: dict[str, Row] = {}
    for market_id in dict.fromkeys(one.market_id for one in there):
        market = work.session.get_one(Market, market_id)
        query = query_of(Wish(needs=(), language=current_language()), market.time_zone, work.now, in_words=True)
        found = look(work.session, market, query, [one.id for one in there if one.market_id == market_id])
        rows |= {
            row.card.service_at_location_id: row
            for row in rows_of(work.session, market, tuple(found.values()), current_translate())
        }
    return rows


def _id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
