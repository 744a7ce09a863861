"""Editing a listing: its fields, phones, hours, rules and needs, and what was checked and is right."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.errors import Conflict, Invalid, NotFound
from resource_hub.inventory.queries.listings import Listing, get_listing
from resource_hub.inventory.rules.editing import FORMS, PHONE_TYPES, STATUSES
from resource_hub.inventory.service.edits import edit_listing
from resource_hub.inventory.values import FactKind, ListingEdit, Operator
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.steward.reading import needs_of, records_of, rules_of

blueprint = Blueprint("editing", __name__, url_prefix="/steward/listings/<uuid:service_id>/edit")


@blueprint.get("")
@guarded(STEWARD)
def show(service_id: UUID) -> ResponseReturnValue:
    """Show the listing's fields, to change."""
    return _page(_listing(service_id), Form(), MultiDict())


@blueprint.post("")
@guarded(STEWARD)
def save(service_id: UUID) -> ResponseReturnValue:
    """Save what changed, each field with its history; refused when somebody else changed the listing meanwhile."""
    listing, form = _listing(service_id), Form()
    try:
        edit_listing(current_work(), _edit(listing, request.form))
    except (Invalid, Conflict, NotFound) as refusal:
        form.blame(refusal)
        return _page(listing, form, request.form), 422
    flash(gettext("Saved."))
    return redirect(url_for("listings.show", service_id=service_id), 303)


def _edit(listing: Listing, sent: MultiDict[str, str]) -> ListingEdit:
    return ListingEdit(
        service_id=listing.service.id,
        based_on=_based_on(listing, sent),
        records=records_of(listing, sent),
        rules=rules_of(listing, sent),
        needs=needs_of(listing, sent),
        confirmed=frozenset(kind for kind in FactKind if f"confirmed.{kind}" in sent),
    )


def _based_on(listing: Listing, sent: MultiDict[str, str]) -> datetime:
    try:
        return datetime.fromisoformat(sent.get("based_on", ""))
    except ValueError:
        return listing.changed_at


def _listing(service_id: UUID) -> Listing:
    work = current_work()
    return get_listing(work.session, work.actor, str(service_id))


def _page(listing: Listing, form: Form, sent: MultiDict[str, str]) -> str:
    return render_template(
        "steward/edit.html",
        listing=listing,
        form=form,
        sent=sent,
        forms=FORMS,
        statuses=STATUSES,
        phone_types=PHONE_TYPES,
        kinds=list(FactKind),
        facts=list(FACTS),
        operators=list(Operator),
        needs=list(NEEDS),
    )
