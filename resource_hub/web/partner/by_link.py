"""One handoff on one screen, for an organization without an account: opened by a link, answered in two taps.

Opening it changes nothing but the audit log: programs that look at mail open links too. Who the person is stands there
only after a yes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from resource_hub.capacity.queries import find_room
from resource_hub.capacity.service import state_capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.core.clock import local_date
from resource_hub.core.codes import FACTS
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked
from resource_hub.handoff import queries, service
from resource_hub.handoff.errors import AnswerLinkOver, BadRequest
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.rules.results import END_OF, Ending
from resource_hub.handoff.service.contacting import LONGEST_MESSAGE
from resource_hub.handoff.service.links import Opened, open_link, write_opening
from resource_hub.handoff.service.pausing import pause as pause_handoff
from resource_hub.handoff.values.asked import LONGEST_TEXT
from resource_hub.handoff.values.shown import HandoffView
from resource_hub.handoff.values.words import Reason, Status, YesNo
from resource_hub.web.shared.appointments import appointment_file
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.idempotency import LONGEST_KEY
from resource_hub.web.shared.received import packet_page

blueprint = Blueprint("by_link", __name__, url_prefix="/answer/<string(maxlength=64):token>")

MOST_PLACES = 1000
PAUSES = (7, 14, 30)
ANSWERED = frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})
# The reasons that an organization can know before it has met the person, one button each.
REASONS = (Reason.AT_CAPACITY, Reason.OUT_OF_AREA, Reason.DUPLICATE)


def _codes(*codes: str) -> Any:
    # The library warns of pairs; its type stubs know nothing else.
    return list(codes)


class LinkForm(PublicForm):
    """The parent of the page's forms: sent twice, it does nothing twice."""

    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])
    position = IntegerField(validators=[Optional()])


class AnswerForm(LinkForm):
    answer = SelectField(_("Your answer"), [InputRequired()], choices=_codes("accepted", "rejected"))
    reason = SelectField(_("Reason"), [Optional()], choices=_codes(*Reason))
    fact = SelectField(_("What does not fit?"), [Optional()], choices=_codes("", *FACTS))
    comment = TextAreaField(_("What is the reason?"), [Optional(), Length(max=LONGEST_TEXT)])


class AttemptForm(LinkForm):
    route = SelectField(_("How did you try?"), [InputRequired()], choices=_codes(*AttemptRoute))
    result = SelectField(_("What came of it?"), [InputRequired()], choices=_codes(*AttemptResult))


class EndForm(LinkForm):
    ending = SelectField(_("What came of it?"), [InputRequired()], choices=_codes(*Ending))


class PauseForm(LinkForm):
    """A number of days on a button, or the day itself, which goes first."""

    days = SelectField(_("For how long?"), [Optional()], choices=_codes(*map(str, PAUSES)))
    until = DateField(_("Until which day?"), [Optional()])

    def day(self, today: date) -> date:
        """Return the day; refuses where there is none."""
        if self.until.data is None and not self.days.data:
            text = marked("Choose until when it has to wait.")
            raise BadRequest(text, faults=(Fault("until", "missing", text),))
        return self.until.data or today + timedelta(days=int(self.days.data))


class RoomForm(LinkForm):
    status = SelectField(_("Is there room?"), [InputRequired()], choices=_codes("capacity", "no-capacity"))
    available = IntegerField(_("How many more can you take?"), [Optional(), NumberRange(0, MOST_PLACES)])

    def statement(self) -> Statement:
        """Return what was said about room."""
        status = CapacityStatus(self.status.data)
        return Statement(status, available=self.available.data if status is CapacityStatus.CAPACITY else None)


class QuestionForm(LinkForm):
    text = TextAreaField(_("Your question"), [InputRequired(), Length(max=LONGEST_MESSAGE)])


@blueprint.get("")
@guarded(PUBLIC, writes=True, repeats=False)
def show(token: str) -> ResponseReturnValue:
    """Show what is asked; that it was opened is written down."""
    opened = open_link(current_work(), token)
    write_opening(opened)
    return _page(opened, token)


@blueprint.get("/packet")
@guarded(PUBLIC, writes=True, repeats=False)
def packet(token: str) -> ResponseReturnValue:
    """Show all of it on one page, to print; that it was opened is written down."""
    opened, view = _said_yes(token)
    write_opening(opened)
    return packet_page(opened.work, view, "link", token=token)


@blueprint.get("/appointment.ics")
@guarded(PUBLIC)
def appointment_as_file(token: str) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    opened, view = _said_yes(token)
    return appointment_file(opened.work, view.referral_id)


@blueprint.post("/answer")
@guarded(PUBLIC)
def answer(token: str) -> ResponseReturnValue:
    """Say yes, or no with a reason."""
    form = AnswerForm()

    def act(opened: Opened) -> None:
        reason = Reason(form.reason.data) if form.reason.data else None
        fact = form.fact.data or None if reason is Reason.NOT_ELIGIBLE else None
        target, position = Status(form.answer.data), form.position.data
        service.move(opened.work, opened.referral_id, target, reason, form.comment.data, position, fact=fact)

    return _take(token, form, act, "answer")


@blueprint.post("/attempt")
@guarded(PUBLIC)
def attempt(token: str) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()

    def act(opened: Opened) -> None:
        route, result = AttemptRoute(form.route.data), AttemptResult(form.result.data)
        service.log_attempt(opened.work, opened.referral_id, route, result)

    return _take(token, form, act, "attempt")


@blueprint.post("/end")
@guarded(PUBLIC)
def end(token: str) -> ResponseReturnValue:
    """Say what came of it, in one tap."""
    form = EndForm()

    def act(opened: Opened) -> None:
        came = END_OF[Ending(form.ending.data)]
        service.move(opened.work, opened.referral_id, came.target, came.reason, None, form.position.data)
        if came.need_met:
            yes = YesNo.YES
            service.record_outcome(opened.work, opened.referral_id, yes, yes, came.need_met)

    return _take(token, form, act, "end")


@blueprint.post("/pause")
@guarded(PUBLIC)
def pause(token: str) -> ResponseReturnValue:
    """Say that it has to wait, and until when."""
    form = PauseForm()

    def act(opened: Opened) -> None:
        zone = queries.get_handoff(opened.work, opened.referral_id).time_zone
        pause_handoff(opened.work, opened.referral_id, form.day(local_date(opened.work.now, zone)), form.position.data)

    return _take(token, form, act, "pause")


@blueprint.post("/resume")
@guarded(PUBLIC)
def resume(token: str) -> ResponseReturnValue:
    """Go on with what had to wait, or say that the work has begun."""
    form = LinkForm()

    def act(opened: Opened) -> None:
        service.move(opened.work, opened.referral_id, Status.IN_PROGRESS, expected_position=form.position.data)

    return _take(token, form, act, "resume")


@blueprint.post("/room")
@guarded(PUBLIC)
def room(token: str) -> ResponseReturnValue:
    """Say whether there is room for others."""
    form = RoomForm()

    def act(opened: Opened) -> None:
        place_id = queries.get_handoff(opened.work, opened.referral_id).service_at_location_id
        state_capacity(opened.work, place_id, form.statement())

    return _take(token, form, act, "room")


@blueprint.post("/question")
@guarded(PUBLIC)
def question(token: str) -> ResponseReturnValue:
    """Ask whoever sent the person."""
    form = QuestionForm()
    return _take(
        token,
        form,
        lambda opened: service.write_message(opened.work, opened.referral_id, form.text.data or ""),
        "question",
    )


def _take(token: str, form: LinkForm, act: Callable[[Opened], object], done: str) -> ResponseReturnValue:
    opened = open_link(current_work(), token)
    if not form.saves(lambda: act(opened)):
        return _page(opened, token, form), 422
    try:
        open_link(current_work(), token)
    except AnswerLinkOver:
        return render_template("partner/by_link_done.html", organization=opened.organization)
    return redirect(url_for("by_link.show", token=token, done=done), 303)


def _said_yes(token: str) -> tuple[Opened, HandoffView]:
    """Return what a link opens after a yes; refuses with NotFound before, when nobody there needs to know more."""
    opened = open_link(current_work(), token)
    view = queries.get_handoff(opened.work, opened.referral_id)
    if view.status not in ANSWERED:
        raise NotFound(gettext("Answer first whether you can help. Then this page shows whom."))
    return opened, service.open_handoff(opened.work, opened.referral_id)


def _page(opened: Opened, token: str, refused: LinkForm | None = None) -> str:
    work = opened.work
    view = queries.get_handoff(work, opened.referral_id)
    if view.status in ANSWERED:
        view = service.open_handoff(work, opened.referral_id)
    return render_template(
        "partner/by_link.html",
        view=view,
        token=token,
        refused=refused,
        done=request.args.get("done", ""),
        organization=opened.organization,
        is_answered=view.status in ANSWERED,
        reasons=REASONS,
        facts=list(FACTS),
        routes=list(AttemptRoute),
        results=list(AttemptResult),
        endings=list(Ending),
        pauses=PAUSES,
        caller=queries.caller_of(work, view),
        room=find_room(work.session, view.service_at_location_id),
        attempts=attempts_of(work, opened.referral_id),
        messages=messages_of(work, opened.referral_id),
    )
