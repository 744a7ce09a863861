"""A partner sends somebody: who they are with the fewest fields, and what they want help with."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Invalid, Refused
from resource_hub.handoff import service
from resource_hub.handoff.service.sending import PersonToSend
from resource_hub.people.rules.reach import LONGEST_NOTE, LONGEST_VALUE
from resource_hub.people.rules.validate import LONGEST_NAME
from resource_hub.people.values import HowGiven, NewRoute, RouteKind
from resource_hub.web.shared.forms import Checkboxes, Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.spoken import LANGUAGES
from resource_hub.web.shared.templates import need_name
from resource_hub.web.shared.words import options

blueprint = Blueprint("sending", __name__, url_prefix="/partner/send")

WAYS = (("phone", _("Phone")), ("text", _("Text message")), ("email", _("E-mail")), ("other", _("Another way")))


class PersonForm(Form):
    called: ClassVar[Mapping[str, str]] = {f"routes.0.{name}": "value" for name in ("value", "phone", "email", "other")}

    name = StringField(_("Name"), [InputRequired(), Length(max=LONGEST_NAME)])
    needs = Checkboxes(_("What do they want help with?"), [InputRequired()])
    kind = SelectField(_("How to reach them"), choices=lambda: WAYS)
    value = StringField(_("Number, address or other way"), [InputRequired(), Length(max=LONGEST_VALUE)])
    note = StringField(_("Best time, or what to be careful about"), [Optional(), Length(max=LONGEST_NOTE)])
    safe_to_leave_message = BooleanField(_("It is safe to leave a message"))
    postal_code = StringField(_("ZIP Code of home"), [Optional(), Length(max=10)])
    language = SelectField(_("Language they speak best"), [Optional()], choices=lambda: LANGUAGES)
    how_given = RadioField(_("How did the person agree?"), [InputRequired()])
    agreed = BooleanField(_("The person agrees that we write this down here"), [InputRequired()])

    @classmethod
    def build(cls) -> "PersonForm":
        """Make the form with its choices in the reader's language."""
        form = cls()
        form.needs.choices = [(code, need_name(code)) for code in NEEDS]
        form.how_given.choices = options("how_given")
        return form

    def person(self) -> PersonToSend:
        """Return whom the partner wants to send."""
        is_safe = bool(self.safe_to_leave_message.data)
        route = NewRoute(RouteKind(self.kind.data), self.value.data or "", self.note.data or "", is_safe)
        return PersonToSend(
            self.name.data or "",
            (route,),
            tuple(self.needs.data or ()),
            HowGiven(self.how_given.data),
            self.postal_code.data or "",
            self.language.data or "",
        )


@blueprint.get("")
@guarded(PARTNER)
def form() -> ResponseReturnValue:
    """Ask who the person is and what they want help with."""
    return render_template("partner/send.html", form=PersonForm.build())


@blueprint.post("")
@guarded(PARTNER)
def record() -> ResponseReturnValue:
    """Write the person down and go to whom they can be sent."""
    form = PersonForm.build()
    if form.validate():
        try:
            person_id = service.record_person(current_work(), form.person())
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            return redirect(url_for("choosing.show", person_id=person_id), 303)
    return render_template("partner/send.html", form=form), 422
