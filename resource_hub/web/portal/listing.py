"""One listing: what a resident needs to know before going there."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.inventory.queries.cards import cards
from resource_hub.inventory.queries.checking import checks_of, open_reports_of
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work

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
    return render_template(
        "portal/listing.html",
        there=there,
        service=service,
        organization=session.get_one(Organization, service.organization_id),
        card=cards(session, [there.id])[there.id],
        checks=checks_of(session, service),
        reports=open_reports_of(session, service.id),
    )


def shown_listing(service_at_location_id: UUID) -> tuple[ServiceAtLocation, Service]:
    """Return a listing that people are shown; refuses with NotFound."""
    session = current_work().session
    there = session.get(ServiceAtLocation, str(service_at_location_id))
    service = session.get(Service, there.service_id) if there else None
    if there is None or service is None or there.merged_into or service.status not in SHOWN:
        raise NotFound(gettext("This listing is not here any more."))
    return there, service
