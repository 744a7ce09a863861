"""One listing: what a resident needs to know before going there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.clock import local
from resource_hub.core.errors import NotFound
from resource_hub.handoff.queries.own import why_not_asked
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from resource_hub.inventory.queries.cards import cards, languages_at, needs_of
from resource_hub.inventory.queries.checking import Check, checks_of, open_reports_of
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import look
from resource_hub.web.portal.calendars import Entry, written
from resource_hub.web.portal.codes import code_of
from resource_hub.web.portal.needs import SENSITIVE
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language, current_translate
from resource_hub.web.shared.results import Row, rows_of

blueprint = Blueprint("listing", __name__)

SHOWN = frozenset({"active", "temporarily closed"})


@blueprint.get("/services/<uuid:service_at_location_id>")
@guarded(PUBLIC)
def show(service_at_location_id: UUID) -> ResponseReturnValue:
    """Show what is known about a service at a location, and how old it is."""
    session = current_work().session
    there = session.get(ServiceAtLocation, str(service_at_location_id))
    if there is not None and there.merged_into:
        return redirect(url_for("listing.show", service_at_location_id=there.merged_into), 301)
    there, service = shown_listing(service_at_location_id)
    market = session.get_one(Market, there.market_id)
    card, quiet = cards(session, [there.id])[there.id], not SENSITIVE.isdisjoint(needs_of(session, service.id))
    return render_template(
        "portal/listing.html",
        there=there,
        service=service,
        organization=session.get_one(Organization, service.organization_id),
        card=card,
        row=_row(market, there.id),
        languages=languages_at(session, there),
        checks=checks_of(session, service),
        ages=_ages(market, checks_of(session, service)),
        why_not_asked=why_not_asked(session, [there.id])[there.id],
        reports=open_reports_of(session, service.id),
        quiet=quiet,
        # A phone remembers what its camera read, and others may look through it.
        code=None if quiet or card.confidential else code_of(url_for("listing.show", service_at_location_id=there.id)),
    )


@blueprint.get("/services/<uuid:service_at_location_id>/next.ics")
@guarded(PUBLIC)
def calendar(service_at_location_id: UUID) -> ResponseReturnValue:
    """Answer the next opening as a calendar's entry; its title is neutral where the need is sensitive."""
    session = current_work().session
    there, service = shown_listing(service_at_location_id)
    market = session.get_one(Market, there.market_id)
    row = _row(market, there.id)
    if row is None or row.match.opening.next_open is None:
        raise NotFound(gettext("We do not know when it opens next. Call first."))
    opens = row.match.opening.next_open
    later, quiet = _row(market, there.id, opens), not SENSITIVE.isdisjoint(needs_of(session, service.id))
    entry = Entry(
        uid=f"{there.id}-{opens:%Y%m%d%H%M}",
        title=gettext("Appointment") if quiet else service.name,
        place="" if quiet else row.card.address or "",
        note="" if quiet else row.card.phone or "",
        starts=opens,
        ends=(later.match.opening.closes if later else None) or opens + timedelta(hours=1),
    )
    answer = Response(written(entry, current_work().now), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=next.ics"
    return answer


def _row(market: Market, service_at_location_id: str, at: datetime | None = None) -> Row | None:
    """Return what the ranking knows of a listing at a time; None where it is closed for now."""
    work = current_work()
    query = query_of(Wish(needs=(), language=current_language()), market.time_zone, at or work.now, in_words=True)
    found = look(work.session, market, query, [service_at_location_id])
    return next(iter(rows_of(work.session, market, tuple(found.values()), current_translate())), None)


def _ages(market: Market, checks: Mapping[str, Check]) -> dict[str, int]:
    """Return how many days ago each kind of fact was checked."""
    today = local(current_work().now, market.time_zone).date()
    return {kind: (today - check.verified_on).days for kind, check in checks.items()}


def shown_listing(service_at_location_id: UUID) -> tuple[ServiceAtLocation, Service]:
    """Return a listing that people are shown; refuses with NotFound."""
    session = current_work().session
    there = session.get(ServiceAtLocation, str(service_at_location_id))
    service = session.get(Service, there.service_id) if there else None
    if there is None or service is None or there.merged_into or service.status not in SHOWN:
        raise NotFound(gettext("This listing is not here any more."))
    return there, service
