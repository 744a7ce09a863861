"""Calling to check listings: one at a time, the most doubtful and most used first."""

from datetime import datetime, time
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from resource_hub.accounts.queries import names_of
from resource_hub.core.clock import local
from resource_hub.core.errors import Conflict, Fault, Invalid
from resource_hub.inventory.errors import BadCall
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import checking, list_markets
from resource_hub.inventory.queries.listings import Listing, get_listing
from resource_hub.inventory.rules.editing import STATUSES
from resource_hub.inventory.service.calls import record_call, take_next
from resource_hub.inventory.values import Call, CallOutcome, FactKind, ListingEdit
from resource_hub.matching.policy import current
from resource_hub.matching.queries.calling import call_order, doubts_of
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.said import said_of
from resource_hub.web.steward.reading import records_of
from resource_hub.web.steward.reports import notes_in_words

blueprint = Blueprint("calling", __name__, url_prefix="/steward/call-next")

Sent = MultiDict[str, str]


@blueprint.get("")
@guarded(STEWARD)
def show() -> ResponseReturnValue:
    """Show the listing that the steward has before them, or how many there are to call."""
    work = current_work()
    service_id = checking.claimed_by(work.session, work.actor.user_id, work.now)
    if service_id is None:
        return render_template("steward/call_start.html", counter=_counter())
    return _page(get_listing(work.session, work.actor, service_id), Form(), MultiDict())


@blueprint.post("/take")
@guarded(STEWARD)
def take() -> ResponseReturnValue:
    """Put the next listing before the steward."""
    _take_next()
    return redirect(url_for("calling.show"), 303)


@blueprint.post("/<uuid:service_id>")
@guarded(STEWARD)
def record(service_id: UUID) -> ResponseReturnValue:
    """Write down what came of the call, and take the next listing."""
    work, form = current_work(), Form()
    listing = get_listing(work.session, work.actor, str(service_id))
    try:
        record_call(work, _call(listing, request.form))
    except (Invalid, Conflict) as refusal:
        form.blame(refusal)
        return _page(listing, form, request.form), 422
    flash(gettext("Saved."))
    _take_next()
    return redirect(url_for("calling.show"), 303)


def _call(listing: Listing, sent: Sent) -> Call:
    outcome = sent.get("outcome", "")
    if outcome not in set(CallOutcome):
        words = gettext("Say what came of the call.")
        raise BadCall(words, faults=(Fault("outcome", "missing", words),))
    asked = frozenset(kind for kind in FactKind if f"asked.{kind}" in sent)
    edit = ListingEdit(
        service_id=listing.service.id,
        based_on=_based_on(listing, sent),
        records=records_of(listing, sent),
        confirmed=asked,
    )
    return Call(listing.service.id, CallOutcome(outcome), asked, edit)


def _based_on(listing: Listing, sent: Sent) -> datetime:
    try:
        return datetime.fromisoformat(sent.get("based_on", ""))
    except ValueError:
        return listing.changed_at


def _take_next() -> None:
    work = current_work()
    order = [one for market in _markets() for one in call_order(work.session, market, work.now, current())]
    order.sort(key=lambda one: (not one.overdue, -one.worth))
    take_next(work, [one.service_id for one in order])


def _markets() -> list[Market]:
    work = current_work()
    return [market for market in list_markets(work.session) if market.id in work.actor.market_ids]


def _counter() -> dict[str, int]:
    """Return how many calls the steward made today, on the clock of their first market, and how many are left."""
    work, markets = current_work(), _markets()
    zone = markets[0].time_zone if markets else "UTC"
    midnight = datetime.combine(local(work.now, zone).date(), time(), local(work.now, zone).tzinfo)
    left = sum(len(call_order(work.session, market, work.now, current())) for market in markets)
    return {"done": checking.attempts_since(work.session, work.actor.user_id, midnight), "left": left}


def _page(listing: Listing, form: Form, sent: Sent) -> str:
    work = current_work()
    reports = checking.open_reports_of(work.session, listing.service.id)
    attempts = checking.attempts_of(work.session, listing.service.id)
    return render_template(
        "steward/call.html",
        listing=listing,
        form=form,
        sent=sent,
        counter=_counter(),
        doubts=doubts_of(work.session, listing.market, listing.service, work.now, current()),
        said=said_of(listing),
        checks=checking.checks_of(work.session, listing.service),
        reports=reports,
        notes=notes_in_words(work, [report.id for report in reports]),
        attempts=attempts,
        names=names_of(work.session, {attempt.user_id for attempt in attempts if attempt.user_id}),
        statuses=STATUSES,
        today=local(work.now, listing.market.time_zone).date(),
    )
