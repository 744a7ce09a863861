"""The forms by which somebody writes to an episode."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import DateField, DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.clock import local
from resource_hub.core.codes import NEEDS
from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.values.asked import NewContact, NewEpisode, NewGap
from resource_hub.handoff.episodes.values.shown import EpisodeView
from resource_hub.handoff.episodes.values.words import (
    DOMAINS,
    LONGEST_NOTE,
    LONGEST_PLACE,
    Concern,
    ContactKind,
    ContactResult,
    Destination,
    DoctorState,
    GapSource,
    Mode,
    StayKind,
)
from resource_hub.web.desk.episode_endings import CloseForm, EpisodeForm, ReopenForm
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import need_name
from resource_hub.web.shared.words import WORDS, options, words

# As browsers send a time, the first also as they want it.
_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_DAY = _("Use a day like 2026-11-30.")


class OpenForm(Form):
    planned_on = DateField(_("Planned discharge"), [InputRequired(_DAY)])
    destination = SelectField(_("Where to"), [InputRequired()])
    place = StringField(_("Name of the facility or place"), [Optional(), Length(max=LONGEST_PLACE)])

    def fill(self) -> None:
        """Put the choices in the reader's language."""
        self.destination.choices = options("destination")

    def new(self) -> NewEpisode:
        """Return the episode to open."""
        return NewEpisode(_required(self.planned_on), Destination(self.destination.data), self.place.data or "")


class DischargeForm(EpisodeForm):
    heading = _("Discharge")

    planned_on = DateField(_("Planned discharge"), [InputRequired(_DAY)])
    discharged_on = DateField(_("Day on which they left"), [Optional()])
    destination = SelectField(_("Where to"), [InputRequired()])
    place = StringField(_("Name of the facility or place"), [Optional(), Length(max=LONGEST_PLACE)])

    def fill(self, view: EpisodeView) -> None:
        self.destination.choices = options("destination")
        if request.method == "GET":
            self.planned_on.data = view.course.planned_on
            self.discharged_on.data = view.course.discharged_on
            self.destination.data, self.place.data = view.destination, view.place

    def apply(self, view: EpisodeView) -> None:
        new = NewEpisode(_required(self.planned_on), Destination(self.destination.data), self.place.data or "")
        service.note_discharge(current_work(), view.id, new, self.discharged_on.data)


class ContactForm(EpisodeForm):
    heading = _("Log a contact")

    kind = SelectField(_("What it is for"), [InputRequired()])
    mode = SelectField(_("How"), [InputRequired()])
    result = SelectField(_("What came of it"), [InputRequired()])
    at = DateTimeLocalField(_("When"), [Optional()], format=_TIMES)
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE)])

    def fill(self, view: EpisodeView) -> None:
        self.kind.choices, self.mode.choices = options("contact_kind"), options("contact_mode")
        self.result.choices = options("contact_result")
        if request.method == "GET":
            asked = request.args.get("kind", "")
            due = view.next_step.step if view.next_step else ""
            self.kind.data = next((one for one in (asked, due) if one in WORDS["contact_kind"]), ContactKind.FOLLOW_UP)
            self.mode.data, self.result.data = _usual(str(self.kind.data))
            self.at.data = _shown(current_work().now, view.time_zone)

    def apply(self, view: EpisodeView) -> None:
        new = NewContact(
            ContactKind(self.kind.data),
            Mode(self.mode.data),
            ContactResult(self.result.data),
            self.note.data or "",
            _moment(self.at.data, view.time_zone),
        )
        service.log_contact(current_work(), view.id, new)


class StayForm(EpisodeForm):
    heading = _("They went to a facility or hospital")
    about = _("What is not done yet counts anew from the day of their return.")

    kind = SelectField(_("Where"), [InputRequired()])
    began_on = DateField(_("Since"), [InputRequired(_DAY)])
    place = StringField(_("Name of the facility or place"), [Optional(), Length(max=LONGEST_PLACE)])

    def fill(self, view: EpisodeView) -> None:
        self.kind.choices = options("stay_kind")
        if request.method == "GET":
            self.began_on.data = view.today

    def apply(self, view: EpisodeView) -> None:
        service.begin_stay(
            current_work(), view.id, StayKind(self.kind.data), _required(self.began_on), self.place.data or ""
        )


class ReturnForm(EpisodeForm):
    heading = _("They are back home")
    about = _("The first call is due within 2 business days of their return.")

    ended_on = DateField(_("Day of return"), [InputRequired(_DAY)])

    def fill(self, view: EpisodeView) -> None:
        if request.method == "GET":
            self.ended_on.data = view.today

    def apply(self, view: EpisodeView) -> None:
        service.end_stay(current_work(), view.id, _required(self.ended_on))


class DoctorForm(EpisodeForm):
    heading = _("Physician visit")

    state = SelectField(_("Where it stands"), [InputRequired()])
    at = DateTimeLocalField(_("When the visit is or was"), [Optional()], format=_TIMES)

    def fill(self, view: EpisodeView) -> None:
        self.state.choices = options("doctor")
        if request.method == "GET":
            self.state.data = view.course.doctor
            if view.course.doctor_at:
                self.at.data = _shown(view.course.doctor_at, view.time_zone)

    def apply(self, view: EpisodeView) -> None:
        service.note_doctor(
            current_work(), view.id, DoctorState(self.state.data), _moment(self.at.data, view.time_zone)
        )


class GapForm(EpisodeForm):
    heading = _("Open a gap")
    button = _("Open the gap")

    source = SelectField(_("Where it comes from"), [InputRequired()])
    code = SelectField(_("What is missing"), [InputRequired()])
    what = StringField(_("In your own words"), [Optional(), Length(max=LONGEST_NOTE)])
    closes = StringField(_("What closes it"), [Optional(), Length(max=LONGEST_NOTE)])

    def fill(self, view: EpisodeView) -> None:
        self.source.choices = options("gap_source")
        self.code.choices = [
            ("", _("Choose")),
            *((code, gap_name(code)) for code in (*DOMAINS, *NEEDS, "other")),
        ]
        if request.method == "GET":
            self.source.data = GapSource.HAND

    def apply(self, view: EpisodeView) -> None:
        new = NewGap(GapSource(self.source.data), str(self.code.data), self.what.data or "", self.closes.data or "")
        service.open_gap(current_work(), view.id, new)


def _domain(code: str) -> RadioField:
    # The words are marked where they stand; a code inside the mark would be taken for one.
    asked = WORDS["domain"][code]
    return RadioField(_(asked), [Optional()], default=Concern.NOT_ASKED)


class _Assessment(EpisodeForm):
    heading = _("Assessment of the first call")
    about = _("A short form of our own, not a validated instrument. Each concern opens a gap.")

    def fill(self, view: EpisodeView) -> None:
        for domain in DOMAINS:
            self[domain].choices = options("concern")

    def apply(self, view: EpisodeView) -> None:
        answers = {domain: Concern(self[domain].data) for domain in DOMAINS if self[domain].data}
        service.assess(current_work(), view.id, answers, self["note"].data or "")


# One question for each domain, then a note.
AssessmentForm = type(
    "AssessmentForm",
    (_Assessment,),
    {code: _domain(code) for code in DOMAINS}
    | {"note": TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE)])},
)

ACTS: Mapping[str, type[EpisodeForm]] = {
    "contact": ContactForm,
    "assessment": AssessmentForm,
    "discharge": DischargeForm,
    "stay": StayForm,
    "return": ReturnForm,
    "doctor": DoctorForm,
    "gap": GapForm,
    "close": CloseForm,
    "reopen": ReopenForm,
}


def gap_name(code: str) -> str:
    """Return what is missing in plain words: a need, or a domain of the assessment."""
    return need_name(code) if code in NEEDS else words(code, "domain")


def _usual(kind: str) -> tuple[Mode, ContactResult]:
    if kind == ContactKind.RECORD_REVIEW:
        return Mode.RECORDS, ContactResult.DONE
    if kind in {ContactKind.BEDSIDE_VISIT, ContactKind.PLAN}:
        return Mode.VISIT, ContactResult.DONE
    return Mode.PHONE, ContactResult.REACHED


def _required(field: DateField) -> date:
    # The form asks for it; a day that no rule takes stands for none.
    return field.data or date.max


def _shown(moment: datetime, zone: str) -> datetime:
    """Return an instant on the market's clock, to the minute, as a field shows it."""
    return local(moment, zone).replace(second=0, microsecond=0, tzinfo=None)


def _moment(value: datetime | None, zone: str) -> datetime | None:
    """Return what was typed on the market's clock as an instant."""
    return value.replace(tzinfo=ZoneInfo(zone)) if value else None
