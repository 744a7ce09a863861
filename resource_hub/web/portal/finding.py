"""Finding help alone: what, where, and a short list. Nothing is kept here, and no address holds what was asked."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.core.errors import Invalid
from resource_hub.inventory.models import Market
from resource_hub.matching.asking import where
from resource_hub.matching.finding import danger_in
from resource_hub.matching.service import points_of
from resource_hub.matching.values.wording import Found, SafetyRule
from resource_hub.web.portal.asking import LONG_LIST, SHORT_LIST, FindForm, asked_form, market_for, wish_of
from resource_hub.web.portal.filters import FILTERS, LET_GO, narrowed
from resource_hub.web.portal.keeping import brought_back, can_keep, kept_at
from resource_hub.web.portal.maps import Drawn, Tiles, drawn
from resource_hub.web.portal.needs import SENSITIVE, TILES, UNSAFE
from resource_hub.web.shared.finding import found_for
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.language import current_translate
from resource_hub.web.shared.results import Results, Row, in_words, results_of

blueprint = Blueprint("portal", __name__)


@blueprint.get("/")
@guarded(PUBLIC)
def start() -> ResponseReturnValue:
    """Ask what the reader needs help with."""
    return can_keep(_start(asked_form()))


@blueprint.post("/find")
@guarded(PUBLIC, writes=False)
def find() -> ResponseReturnValue:
    """Let the browser keep what is asked and lead to its answer; where it keeps nothing, answer at once."""
    return kept_at("portal.found") or _answer(asked_form())


@blueprint.get("/find/<signs>")
@guarded(PUBLIC)
def found(signs: str) -> ResponseReturnValue:
    """Answer what the browser keeps under these signs; where it keeps it no more, say so and ask again."""
    kept = brought_back(signs)
    return can_keep(_start(asked_form(), lost=True)) if kept is None else _answer(asked_form(kept))


def _answer(form: FindForm) -> ResponseReturnValue:
    """Ask where, unless that was said; then show a short list."""
    try:
        safety = None if form.need.data else danger_in(form.words.data or "")
    except Invalid as refusal:
        form.validate()
        form.blame(refusal)
        return _start(form), 422
    if not form.validate():
        return (_start(form), 422) if form.need.errors else (_where(form, safety), 422)
    if not form.says_where:
        return _where(form, safety)
    try:
        return _list(form, market_for(form))
    except Invalid as refusal:
        form.blame(refusal)
        return _where(form, safety), 422


def _list(form: FindForm, market: Market) -> str:
    found, results = _results(market, form)
    translate = current_translate()
    kept = narrowed(results.rows, form.filters, results.ranking.at, market.time_zone)
    shown = kept.rows[: LONG_LIST if form.more.data else SHORT_LIST]
    all_there = len(kept.rows) if form.filters and not kept.let_go else results.ranking.remaining
    return render_template(
        "portal/list.html",
        form=form,
        market=market,
        found=found,
        results=replace(results, rows=shown),
        unsafe=_unsafe(form),
        quiet=form.need.data in SENSITIVE,
        more=not form.more.data and all_there > len(shown),
        filters={code: translate(text) for code, text in FILTERS.items()},
        drawn=_map(market, form, shown),
        tiles=Tiles(current_hub().settings.tiles_url, current_hub().settings.tiles_credit),
        let_go=[translate(LET_GO[code]) for code in kept.let_go],
    )


def _results(market: Market, form: FindForm) -> tuple[Found | None, Results]:
    """Return what was found: for a tile by its need, else in plain words."""
    if form.need.data:
        return None, results_of(market, wish_of(form))
    found = found_for(market, form.words.data or "", wish_of(form))
    return found, in_words(current_work().session, market, found.ranking, current_translate())


def _map(market: Market, form: FindForm, rows: Sequence[Row]) -> Drawn | None:
    ids = [row.card.service_at_location_id for row in rows]
    near = form.zip.data or form.near.data
    here = where(near)[0] if near else None
    return drawn(ids, points_of(current_work().session, market, ids), here)


def _start(form: PublicForm, *, lost: bool = False) -> str:
    return render_template("portal/start.html", form=form, tiles=TILES, lost=lost)


def _where(form: FindForm, safety: SafetyRule | None) -> str:
    return render_template("portal/where.html", form=form, safety=safety, unsafe=_unsafe(form))


def _unsafe(form: FindForm) -> bool:
    return form.need.data in UNSAFE
