"""One listing: what a resident needs to know before going there."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.inventory.queries.cards import cards
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
    service = session.get(Service, there.service_id) if there else None
    if there is not None and there.merged_into:
        return redirect(url_for("listing.show", service_at_location_id=there.merged_into), 301)
    if there is None or service is None or service.status not in SHOWN:
        raise NotFound(gettext("This listing is not here any more."))
    return render_template(
        "portal/listing.html",
        service=service,
        organization=session.get_one(Organization, service.organization_id),
        card=cards(session, [there.id])[there.id],
    )
