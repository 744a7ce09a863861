"""The discharge board: who leaves today and tomorrow, what they need, what is arranged, what is missing."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes import queries
from resource_hub.handoff.episodes.values.shown import Discharge
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import list_markets
from resource_hub.web.desk.episode_forms import gap_name
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("discharges", __name__, url_prefix="/desk/discharges")


@dataclass(frozen=True)
class Board:
    """The lines of one market, by when somebody leaves or should have left."""

    market: Market
    late: list[Discharge]
    today: list[Discharge]
    tomorrow: list[Discharge]

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody leaves."""
        return not (self.late or self.today or self.tomorrow)


@blueprint.get("")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show the board of each market of the user's, or of the one that is named."""
    work = current_work()
    mine = [market for market in list_markets(work.session) if market.id in work.actor.market_ids]
    chosen = [market for market in mine if market.slug == request.args.get("market")] or mine
    return render_template(
        "desk/discharges.html", markets=mine, boards=[_board(market) for market in chosen], gap_name=gap_name
    )


def _board(market: Market) -> Board:
    work = current_work()
    today = local_date(work.now, market.time_zone)
    lines = [(line.row.discharged_on or line.row.planned_on, line) for line in queries.discharges(work, market.id)]
    return Board(
        market,
        late=[line for day, line in lines if day < today],
        today=[line for day, line in lines if day == today],
        tomorrow=[line for day, line in lines if day > today],
    )
