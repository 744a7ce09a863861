"""The forms by which both sides move a handoff and say what came of it; a refused one keeps what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.codes import FACTS
from resource_hub.handoff import service
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.service.contacting import LONGEST_MESSAGE
from resource_hub.handoff.values.asked import LONGEST_TEXT
from resource_hub.handoff.values.words import Experience, NeedMet, Reason, Status, YesNo
from resource_hub.web.shared.appointments import AppointmentForm
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import fact_name
from resource_hub.web.shared.words import WORDS, options


class StepForm(Form):
    """One step; `position` is the newest row of the history that the user saw."""

    target = SelectField(_("What happened"), [InputRequired()], choices=list(Status))
    reason = SelectField(_("Reason"), [Optional()])
    fact = SelectField(_("If not eligible: which condition?"), [Optional()])
    comment = TextAreaField(_("Comment"), [Optional(), Length(max=LONGEST_TEXT)])
    position = IntegerField(validators=[Optional()])
    on_behalf = BooleanField()

    @classmethod
    def build(cls, **arguments: object) -> "StepForm":
        """Make the form with its choices in the reader's language."""
        form = cls(**arguments)
        form.reason.choices = [("", _("Choose a reason")), *options("reason")]
        form.fact.choices = [("", _("They did not say")), *((name, fact_name(name)) for name in FACTS)]
        return form

    def take(self, referral_id: UUID) -> None:
        """Move the handoff; refuses as `handoff.service.move` does."""
        service.move(
            current_work(),
            str(referral_id),
            Status(self.target.data),
            Reason(self.reason.data) if self.reason.data else None,
            self.comment.data,
            self.position.data,
            on_behalf=bool(self.on_behalf.data),
            fact=self._fact(),
        )

    def _fact(self) -> str | None:
        """Return the fact; one that stands beside another reason was left there."""
        return self.fact.data or None if self.reason.data == Reason.NOT_ELIGIBLE else None


def _asked(code: str) -> Any:
    # The question is marked for the catalogues where it stands; a code inside the mark would be taken for one.
    question = WORDS["outcome"][code]
    return _(question)


class OutcomeForm(Form):
    """What came of a handoff, in four questions."""

    contacted = RadioField(_asked("contacted"), [InputRequired()], default="unknown")
    received = RadioField(_asked("received"), [InputRequired()], default="unknown")
    need_met = RadioField(_asked("need_met"), [InputRequired()], default="unknown")
    experience = RadioField(_asked("experience"), [InputRequired()], default="unknown")

    @classmethod
    def build(cls, **arguments: object) -> "OutcomeForm":
        """Make the form with its choices in the reader's language."""
        form = cls(**arguments)
        for field in (form.contacted, form.received, form.need_met, form.experience):
            field.choices = options(field.name)
        return form

    def record(self, referral_id: UUID) -> None:
        """Write down the outcome; refuses as `handoff.service.record_outcome` does."""
        service.record_outcome(
            current_work(),
            str(referral_id),
            YesNo(self.contacted.data),
            YesNo(self.received.data),
            NeedMet(self.need_met.data),
            Experience(self.experience.data),
        )


class AttemptForm(Form):
    """One attempt to reach the person."""

    route = SelectField(_("How did you try?"), [InputRequired()], choices=list(AttemptRoute))
    result = SelectField(_("What came of it?"), [InputRequired()], choices=list(AttemptResult))

    def log(self, referral_id: UUID) -> None:
        """Write the attempt down; refuses as `handoff.service.log_attempt` does."""
        route, result = AttemptRoute(self.route.data), AttemptResult(self.result.data)
        service.log_attempt(current_work(), str(referral_id), route, result)


class MessageForm(Form):
    """A question or an answer to the other side."""

    text = TextAreaField(_("Your question or answer"), [InputRequired(), Length(max=LONGEST_MESSAGE)])

    def write(self, referral_id: UUID) -> None:
        """Send it; refuses as `handoff.service.write_message` does."""
        service.write_message(current_work(), str(referral_id), self.text.data or "")


F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Forms:
    """The forms of a handoff's page; `refused` is the one among them that has to be mended."""

    step: StepForm
    outcome: OutcomeForm
    when: AppointmentForm
    attempt: AttemptForm
    message: MessageForm
    refused: Form | None = None


def forms_of_page(refused: Form | None = None) -> Forms:
    """Return the forms of a page: what was refused as it was sent, the others empty."""

    def one(kind: type[F], build: Callable[..., F]) -> F:
        # What one form sent is no answer to the questions of another.
        return refused if isinstance(refused, kind) else build(formdata=None)

    return Forms(
        step=one(StepForm, StepForm.build),
        outcome=one(OutcomeForm, OutcomeForm.build),
        when=one(AppointmentForm, AppointmentForm),
        attempt=one(AttemptForm, AttemptForm),
        message=one(MessageForm, MessageForm),
        refused=refused,
    )


def saved_or_shown(
    form: Form, act: Callable[[], object], page: Callable[[Form], str], back_to: str
) -> ResponseReturnValue:
    """Save a form and go back to its page; a refused one is answered by the page itself, with what was typed."""
    if not form.saves(act):
        return page(form), 422
    flash(gettext("Saved."))
    return redirect(back_to, 303)
