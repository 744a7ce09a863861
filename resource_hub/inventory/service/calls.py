"""Calling to check listings: one steward has one listing before them, and each attempt is written down."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, update

from resource_hub.accounts.values import STEWARDS
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_new
from resource_hub.core.errors import Fault
from resource_hub.core.workdays import business_days_of
from resource_hub.inventory.errors import BadCall, CallTaken, StewardsOnly
from resource_hub.inventory.models import CallClaim, CheckAttempt
from resource_hub.inventory.queries import checking, listings
from resource_hub.inventory.queries.listings import Listing
from resource_hub.inventory.rules import editing
from resource_hub.inventory.rules.checking import next_call, settled
from resource_hub.inventory.service import reports
from resource_hub.inventory.service.changes import STEWARD
from resource_hub.inventory.service.edits import edit_listing
from resource_hub.inventory.values import Call, CallOutcome, FactKind, ListingEdit, RecordEdit, ReportKind

CLAIM = timedelta(minutes=20)


def take_next(work: Work, order: Iterable[str]) -> str | None:
    """Put the first of some listings, by their service, before a steward that no other steward has; None for none.

    What the steward had before them is free again.
    """
    _stewards_only(work)
    work.session.execute(delete(CallClaim).where(CallClaim.user_id == work.actor.user_id))
    taken = checking.taken(work.session, work.now)
    return next((one for one in order if one not in taken and _claim(work, one)), None)


def record_call(work: Work, call: Call) -> None:
    """Write down what came of a call: what was asked about is checked, what changed is changed, reports are settled.

    Refuses with StewardsOnly, NoSuchListing outside the steward's markets, CallTaken where another steward has the
    listing, BadCall where nothing was asked or changed, and as an edit does.
    """
    _stewards_only(work)
    listing = listings.get_listing(work.session, work.actor, call.service_id)
    claim = work.session.get(CallClaim, call.service_id, with_for_update=True)
    if claim is not None and claim.user_id != work.actor.user_id and claim.until > work.now:
        raise CallTaken("Another steward has this listing now. Take the next one.")
    # Locked before the market and the audit log, as whoever closes one report does.
    reported = checking.open_reports_of(work.session, call.service_id, to_close=True)
    changed = _apply(work, listing, call)
    asked = call.asked if call.outcome is not CallOutcome.NO_ANSWER else frozenset()
    found = [
        (report, resolution)
        for report in reported
        if (resolution := settled(ReportKind(report.kind), call.outcome, changed, asked))
    ]
    write_attempt(work, listing, call.outcome, STEWARD)
    if claim is not None:
        work.session.delete(claim)
    work.session.flush()
    reports.close(work, found)


def write_attempt(work: Work, listing: Listing, outcome: CallOutcome, source: str) -> None:
    """Write down an attempt to check a listing, and from when it may be called again."""
    today, business = local_date(work.now, listing.market.time_zone), business_days_of(listing.market.state)
    unanswered = checking.unanswered(work.session, listing.service.id) + 1
    attempt = CheckAttempt(
        id=work.new_id(),
        market_id=listing.market.id,
        service_id=listing.service.id,
        at=work.now,
        source=source,
        user_id=work.actor.user_id,
        outcome=outcome,
        next_on=next_call(outcome, unanswered, today, business),
    )
    work.session.add(attempt)


def _apply(work: Work, listing: Listing, call: Call) -> frozenset[FactKind]:
    """Change the listing as the call says; return the kinds of fact that changed."""
    if call.outcome is CallOutcome.NO_ANSWER:
        return frozenset()
    edit = _edit(listing, call)
    edit_listing(work, edit)
    if call.outcome is CallOutcome.RIGHT:
        return frozenset()
    return frozenset(
        editing.kind_of(record.table, name)
        for record in edit.records
        for name in (record.fields or dict.fromkeys(["*"]))
    )


def _edit(listing: Listing, call: Call) -> ListingEdit:
    based_on, service_id = listing.changed_at, listing.service.id
    if call.outcome is CallOutcome.CLOSED:
        gone = RecordEdit("service", service_id, {"status": "defunct"})
        return ListingEdit(service_id, based_on, (gone,), confirmed=frozenset({FactKind.LISTING}))
    if call.outcome is CallOutcome.CHANGED:
        if call.edit is None or not call.edit.records:
            raise _bad("Change a field, or say that all of it is right.")
        return call.edit
    if call.edit is not None and call.edit.records:
        raise _bad("You changed a field: save what changed.")
    if not call.asked:
        raise _bad("Mark what you asked about.")
    return ListingEdit(service_id, based_on, confirmed=call.asked)


def _bad(text: str) -> BadCall:
    return BadCall(text, faults=(Fault("asked", "missing", text),))


def _claim(work: Work, service_id: str) -> bool:
    until: datetime = work.now + CLAIM
    row = {"service_id": service_id, "user_id": work.actor.user_id, "until": until}
    if insert_new(work.session, CallClaim, row):
        return True
    over = (
        update(CallClaim)
        .where(CallClaim.service_id == service_id, CallClaim.until <= work.now)
        .values(user_id=work.actor.user_id, until=until)
    )
    done = work.session.execute(over.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount == 1


def _stewards_only(work: Work) -> None:
    if work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards call to check listings.")
