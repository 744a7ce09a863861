"""Figures of screening for the programme: counted in people, with small counts hidden; as a page and as CSV."""

import csv
import io
from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import get_market_of
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.screening import queries
from resource_hub.screening.queries.figures import DAYS
from resource_hub.screening.rules.figures import COLUMNS, NOT_ASKED, NOT_SAID, RESULTS, WISHES, Figures
from resource_hub.screening.rules.hiding import FEWEST_SHOWN
from resource_hub.web.shared.guards import DIRECTORY, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("programme", __name__, url_prefix="/steward/screening")

OF_DOMAIN = (*(one.value for one in RESULTS), NOT_ASKED, *(one.value for one in WISHES), NOT_SAID)


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the figures of the first market."""
    markets = _markets()
    return _page(markets, markets[0] if markets else None)


@blueprint.get("/<uuid:market_id>")
@guarded(DIRECTORY)
def show(market_id: UUID) -> ResponseReturnValue:
    """Show the figures of a market."""
    work = current_work()
    return _page(_markets(), get_market_of(work.session, work.actor, str(market_id)))


@blueprint.get("/<uuid:market_id>/figures.csv")
@guarded(DIRECTORY)
def table(market_id: UUID) -> ResponseReturnValue:
    """Give the figures as CSV: one row for each count; a hidden one is empty."""
    work = current_work()
    market = get_market_of(work.session, work.actor, str(market_id))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["by", "name", "count_of", "people"])
    writer.writerows(_rows(queries.figures_of(work, market.id)))
    headers = {"Content-Disposition": f'attachment; filename="screening-{market.slug}.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _rows(found: Figures) -> list[tuple[str, str, str, object]]:
    groups = [("all", ""), *(("language", one) for one in found.languages), *(("zip3", one) for one in found.areas)]
    kinds = {"zip3": "area"}
    rows = [(kind, name, column) for kind, name in groups for column in COLUMNS]
    rows += [("domain", domain, column) for domain in found.domains for column in OF_DOMAIN]
    counts = [found.of(kinds.get(kind, kind), name, column) for kind, name, column in rows]
    return [(*row, "" if count is None else count) for row, count in zip(rows, counts, strict=True)]


def _markets() -> list[Market]:
    work = current_work()
    return [market for market in list_markets(work.session) if market.id in work.actor.market_ids]


def _page(markets: list[Market], market: Market | None) -> str:
    return render_template(
        "steward/screening.html",
        markets=markets,
        market=market,
        found=queries.figures_of(current_work(), market.id) if market else None,
        columns=COLUMNS,
        of_domain=OF_DOMAIN,
        fewest=FEWEST_SHOWN,
        days=DAYS,
    )
