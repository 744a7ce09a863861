"""A page for an organization: is what we say still right? Opened by a link, without an account.

Opening it changes nothing: programs that look at mail open links too. Each answer is a form that is sent.
"""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from resource_hub.inventory.models import CheckLink, Organization
from resource_hub.inventory.queries.checking import checks_of
from resource_hub.inventory.queries.links import services_of
from resource_hub.inventory.queries.listings import get_listing
from resource_hub.inventory.rules.checking import LONGEST_NOTE
from resource_hub.inventory.service.links import open_link, say_changed, say_right
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.idempotency import LONGEST_KEY
from resource_hub.web.shared.said import said_of

blueprint = Blueprint(
    "still_right", __name__, url_prefix="/still-right/<uuid:link_id>/<string(maxlength=64):signature>"
)

MOST_SHOWN = 20


class ChangedForm(PublicForm):
    service = HiddenField(validators=[InputRequired(), Length(max=36)])
    note = TextAreaField(
        _("What has changed?"),
        [
            InputRequired(_("Write what has changed.")),
            Length(max=LONGEST_NOTE, message=_("Use at most %(max)d signs.")),
        ],
    )
    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])


@blueprint.get("")
@guarded(PUBLIC)
def show(link_id: UUID, signature: str) -> ResponseReturnValue:
    """Show what is said about the organization's services."""
    return _page(open_link(current_work(), str(link_id), signature), ChangedForm())


@blueprint.post("")
@guarded(PUBLIC)
def right(link_id: UUID, signature: str) -> ResponseReturnValue:
    """Write down that what was shown is right."""
    link = open_link(current_work(), str(link_id), signature)
    count = say_right(current_work(), link, set(request.form.getlist("service")))
    return render_template("portal/said_right.html", count=count, organization=_organization(link))


@blueprint.post("/changed")
@guarded(PUBLIC)
def changed(link_id: UUID, signature: str) -> ResponseReturnValue:
    """Give the stewards what the organization says has changed."""
    work, form = current_work(), ChangedForm()
    link = open_link(work, str(link_id), signature)
    service_id, note = form.service.data or "", form.note.data or ""
    if not form.saves(lambda: say_changed(work, link, service_id, note)):
        return _page(link, form), 422
    return _page(link, ChangedForm(formdata=None), noted=service_id)


def _page(link: CheckLink, form: ChangedForm, noted: str = "") -> str:
    work = current_work()
    services = services_of(work.session, link.organization_id)
    shown = [get_listing(work.session, work.actor, service.id) for service in services[:MOST_SHOWN]]
    return render_template(
        "portal/still_right.html",
        form=form,
        link=link,
        signature=request.view_args["signature"] if request.view_args else "",
        organization=_organization(link),
        listings=[(listing, said_of(listing), checks_of(work.session, listing.service)) for listing in shown],
        more=len(services) - len(shown),
        noted=noted,
    )


def _organization(link: CheckLink) -> Organization:
    return current_work().session.get_one(Organization, link.organization_id)
