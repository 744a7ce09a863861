"""How good the directory is, for everybody to see: pictures with their tables, and the same for programs."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import list_markets
from resource_hub.inventory.values import Resolution
from resource_hub.matching.policy import current
from resource_hub.matching.queries.quality import quality_of
from resource_hub.matching.rules.quality import ages_in_bars, median_days, share, together
from resource_hub.matching.values.columns import FACT_KINDS
from resource_hub.matching.values.quality import UP_TO, Ages, Quality
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_actor, current_work
from resource_hub.web.shared.language import current_language

blueprint = Blueprint("quality", __name__)

_LONGEST_SLUG = 60


@blueprint.get("/quality")
@guarded(PUBLIC)
def show() -> ResponseReturnValue:
    """Show the figures of all markets together, or of the one that is named."""
    markets = list_markets(current_work().session)
    chosen = _chosen(markets)
    quality = _quality(chosen)
    page = render_template(
        "portal/quality.html",
        markets=markets,
        chosen=chosen[0] if _named() else None,
        quality=quality,
        ages=_ages(quality),
        up_to=UP_TO,
        checked=sum(quality.checked_by.values()),
        median=median_days(quality.mended.days),
    )
    return _unchanged_or(make_response(page), chosen, current_language())


@blueprint.get("/quality.json")
@guarded(PUBLIC)
def document() -> ResponseReturnValue:
    """Answer the same figures as JSON."""
    chosen = _chosen(list_markets(current_work().session))
    return _unchanged_or(jsonify(_document(_quality(chosen))), chosen, "json")


def _named() -> str:
    return request.args.get("market", "")[:_LONGEST_SLUG]


def _chosen(markets: list[Market]) -> list[Market]:
    named = _named()
    chosen = [market for market in markets if market.slug == named] if named else markets
    if named and not chosen:
        raise NotFound(gettext("There is no such area."))
    return chosen


def _quality(markets: list[Market]) -> Quality:
    work = current_work()
    if not markets:
        raise NotFound(gettext("There is no directory here yet."))
    return together([quality_of(work.session, market, work.now) for market in markets])


def _ages(quality: Quality) -> dict[str, Ages]:
    freshness = current().freshness
    return {
        kind.value: ages_in_bars(quality.ages[:, column], freshness[kind].half_life_days)
        for column, kind in enumerate(FACT_KINDS)
    }


def _document(quality: Quality) -> dict[str, Any]:
    whole, mended = quality.listings, quality.mended
    return {
        "day": quality.day.isoformat(),
        "market": _named() or None,
        "listings": whole,
        "completeness": {
            kind: {"listings": count, "share": share(count, whole)} for kind, count in quality.complete.items()
        },
        "ages": {kind: _age_document(ages, whole) for kind, ages in _ages(quality).items()},
        "checked_in_12_months": {
            "listings": sum(quality.checked_by.values()),
            "share": share(sum(quality.checked_by.values()), whole),
            "by": dict(quality.checked_by),
            "standard": {"name": "211: every listing once a year", "share": 1.0},
        },
        "error_reports": {
            "open": mended.open,
            "overdue": mended.overdue,
            "closed_in_12_months": {one.value: mended.ended.get(one.value, 0) for one in Resolution},
            "median_days_to_close": median_days(mended.days),
        },
    }


def _age_document(ages: Ages, whole: int) -> dict[str, Any]:
    return {
        "median_days": ages.median,
        "half_life_days": ages.half_life,
        "older_than_half_life": {"listings": ages.older, "share": share(ages.older, whole)},
        "never_checked": {"listings": ages.never, "share": share(ages.never, whole)},
        "listings_by_age": [
            {"up_to_days": end, "listings": count} for end, count in zip((*UP_TO, None), ages.bars, strict=True)
        ],
    }


def _unchanged_or(answer: Response, markets: list[Market], form: str) -> ResponseReturnValue:
    """Return an answer with its tag, or that it has not changed; who is signed in always gets a page of their own."""
    if current_actor() is not None:
        return answer
    now = current_work().now
    revisions = "-".join(str(market.revision) for market in markets)
    # Days begin at another hour in each zone.
    answer.set_etag(f"{_named()}-{revisions}-{now:%Y%m%d%H}-{form}", weak=True)
    answer.headers["Cache-Control"] = "no-cache"
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer.make_conditional(request)
