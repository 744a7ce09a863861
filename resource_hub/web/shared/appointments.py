"""The appointment of a handoff, as both sides write it down and take it into their calendars."""

from datetime import UTC
from zoneinfo import ZoneInfo

from flask import Response
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField
from wtforms.validators import Optional

from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.exchange.calendar import calendar_file
from resource_hub.handoff import queries, service
from resource_hub.handoff.values.shown import HandoffView
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.hub import current_work


class AppointmentForm(Form):
    """Day and time on the market's clock; left empty, there is none."""

    at = DateTimeLocalField(_("Day and time"), [Optional()])

    def set(self, view: HandoffView) -> None:
        """Write it down; refuses as `handoff.service.set_appointment` does."""
        typed = self.at.data
        at = typed.replace(tzinfo=ZoneInfo(view.time_zone)).astimezone(UTC) if typed else None
        service.set_appointment(current_work(), view.referral_id, at)


def appointment_file(work: Work, referral_id: str) -> Response:
    """Answer with the appointment as a calendar file; refuses with NotFound where there is none, or no consent."""
    view = queries.get_handoff(work, referral_id)
    if view.appointment_at is None or not view.consent_holds:
        raise NotFound(gettext("There is no appointment."))
    text = calendar_file(view.referral_id, view.appointment_at, work.now, gettext("Appointment"))
    answer = Response(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer
