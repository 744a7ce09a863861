"""Something wrong here? Anybody says so in two clicks; nothing is kept about who says it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.inventory.models import Organization
from resource_hub.inventory.rules.checking import LONGEST_NOTE, OFFERED
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import ReportKind
from resource_hub.web.portal.listing import shown_listing
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.idempotency import LONGEST_KEY

blueprint = Blueprint("reporting", __name__, url_prefix="/services/<uuid:service_at_location_id>/wrong")


class ReportForm(PublicForm):
    kind = SelectField(
        _("What is wrong?"),
        [InputRequired(_("Press what is wrong."))],
        choices=lambda: [(kind.value, kind.value) for kind in OFFERED],
    )
    note = TextAreaField(
        _("What is wrong, in your words"),
        [Optional(), Length(max=LONGEST_NOTE, message=_("Use at most %(max)d signs."))],
    )
    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])


@blueprint.get("")
@guarded(PUBLIC)
def ask(service_at_location_id: UUID) -> ResponseReturnValue:
    """Ask what is wrong with a listing."""
    return _page(service_at_location_id, ReportForm())


@blueprint.post("")
@guarded(PUBLIC)
def report(service_at_location_id: UUID) -> ResponseReturnValue:
    """Give it to the stewards, and say thank you."""
    form = ReportForm()
    there, service = shown_listing(service_at_location_id)
    kind = form.kind.data
    if not form.saves(lambda: report_error(current_work(), service, ReportKind(kind), form.note.data or "")):
        return _page(service_at_location_id, form), 422
    return render_template("portal/reported.html", service=service, there=there)


def _page(service_at_location_id: UUID, form: ReportForm) -> str:
    there, service = shown_listing(service_at_location_id)
    organization = current_work().session.get_one(Organization, service.organization_id)
    title = gettext("What is wrong here?")
    return render_template(
        "portal/wrong.html",
        title=title, form=form, there=there, service=service, organization=organization, kinds=OFFERED,
    )  # fmt: skip
