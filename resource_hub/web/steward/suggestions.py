"""Suggestions in bulk: needs by how probable they are, rules of eligibility by kind; approved, rejected, undone."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.errors import Conflict
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import listings, suggestions
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.inventory.rules.marking import marked_pieces
from resource_hub.inventory.service import bulk
from resource_hub.inventory.service.rule_suggestions import decide_rules, undo
from resource_hub.inventory.service.suggestions import decide_needs
from resource_hub.web.shared.guards import DIRECTORY, STEWARD, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("suggestions", __name__, url_prefix="/steward/suggestions")

PAGE = 50
MOST_CHOSEN = 200
_MOST_PAGES = 100_000
USUAL_LEAST = 0.9

Sent = MultiDict[str, str]


@dataclass(frozen=True)
class Asked:
    """Which suggestions are looked at: market, need or fact, least probability, page from 1."""

    market: Market | None
    markets: list[Market]
    about: str
    least: float
    page: int

    def to(self, page: str) -> ResponseReturnValue:
        """Lead back to where it was looked at."""
        market = self.market.id if self.market else ""
        target = url_for(f"suggestions.{page}", market=market, about=self.about, least=self.least, page=self.page)
        return redirect(target, 303)


@blueprint.get("")
@guarded(DIRECTORY)
def needs() -> ResponseReturnValue:
    """Show the needs that services seem to answer."""
    asked, session = _asked(request.args, NEEDS), current_work().session
    market_id = asked.market.id if asked.market else ""
    counts = suggestions.count_needs(session, market_id, asked.least)
    about = asked.about or max(counts, key=lambda need: counts[need], default="")
    found = suggestions.waiting_needs(
        session, market_id, about, asked.least, limit=PAGE, offset=(asked.page - 1) * PAGE
    )
    last = suggestions.last_decision(session, market_id, bulk.NEEDS)
    return render_template(
        "steward/suggested_needs.html",
        asked=asked,
        about=about,
        counts=counts,
        found=found,
        last=last,
        page_size=PAGE,
        marked=marked_pieces,
    )


@blueprint.post("")
@guarded(STEWARD)
def decide_on_needs() -> ResponseReturnValue:
    """Approve or reject the ticked needs."""
    asked = _asked(request.form, NEEDS)
    pairs = [(service, need) for service, _, need in (one.partition(":") for one in _chosen()) if need in NEEDS]
    _say(decide_needs(current_work(), _market_id(), pairs, approve=_approves()))
    return asked.to("needs")


@blueprint.get("/rules")
@guarded(DIRECTORY)
def rules() -> ResponseReturnValue:
    """Show the rules that were read from the words of listings."""
    asked, session = _asked(request.args, FACTS), current_work().session
    market_id = asked.market.id if asked.market else ""
    counts = suggestions.count_rules(session, market_id)
    about = asked.about or max(counts, key=lambda fact: counts[fact], default="")
    found = suggestions.waiting_rules(session, market_id, about, limit=PAGE, offset=(asked.page - 1) * PAGE)
    last = suggestions.last_decision(session, market_id, bulk.RULES)
    return render_template(
        "steward/suggested_rules.html",
        asked=asked,
        about=about,
        counts=counts,
        found=found,
        last=last,
        page_size=PAGE,
        marked=marked_pieces,
    )


@blueprint.post("/rules")
@guarded(STEWARD)
def decide_on_rules() -> ResponseReturnValue:
    """Approve or reject the ticked rules, or a single one."""
    asked = _asked(request.form, FACTS)
    _say(decide_rules(current_work(), _market_id(), _chosen(), approve=_approves()))
    return asked.to("rules")


@blueprint.post("/undo")
@guarded(STEWARD)
def take_back() -> ResponseReturnValue:
    """Take the last decision back."""
    kind = "rules" if request.form.get("kind") == bulk.RULES else "needs"
    asked = _asked(request.form, FACTS if kind == bulk.RULES else NEEDS)
    try:
        undone = undo(current_work(), _market_id(), request.form.get("decision", "")[:36])
    except Conflict:
        flash(gettext("This was undone already."))
    else:
        flash(ngettext("%(num)s decision was undone.", "%(num)s decisions were undone.", undone))
    return asked.to(kind)


def _asked(sent: Sent, known: Mapping[str, object]) -> Asked:
    work = current_work()
    markets = [market for market in list_markets(work.session) if market.id in work.actor.market_ids]
    wanted = sent.get("market", "")
    market = listings.get_market_of(work.session, work.actor, wanted) if wanted else next(iter(markets), None)
    about = sent.get("about", "")
    return Asked(market, markets, about if about in known else "", _least(sent), _page_number(sent))


def _least(sent: Sent) -> float:
    try:
        least = float(sent.get("least", ""))
    except ValueError:
        return USUAL_LEAST
    return least if 0 <= least <= 1 else USUAL_LEAST


def _page_number(sent: Sent) -> int:
    text = sent.get("page", "1")
    return (
        min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 1
    )


def _market_id() -> str:
    return request.form.get("market", "")


def _approves() -> bool:
    return any(name in request.form for name in ("approve", "approve_one"))


def _chosen() -> list[str]:
    """Return what was ticked, or the one that a button of its own names."""
    single = request.form.get("approve_one") or request.form.get("reject_one")
    return [single] if single else request.form.getlist("chosen")[:MOST_CHOSEN]


def _say(decided: bulk.Decided) -> None:
    flash(ngettext("%(num)s suggestion was decided.", "%(num)s suggestions were decided.", decided.done))
    if decided.stale:
        flash(
            ngettext(
                "%(num)s was left as it is: somebody else decided or changed it meanwhile.",
                "%(num)s were left as they are: somebody else decided or changed them meanwhile.",
                decided.stale,
            )
        )
