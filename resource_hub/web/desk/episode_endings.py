"""The parent of every form about an episode, and the forms by which it and its gaps end, or go on after all."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.values.shown import EpisodeView
from resource_hub.handoff.episodes.values.words import LONGEST_NOTE, CloseReason, GapEnd, ReopenReason
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.words import options


class EpisodeForm(Form):
    """A form about an episode: its heading, its button, and what to know before."""

    heading: ClassVar[str]
    button: ClassVar[str] = _("Save")
    about: ClassVar[str] = ""

    def fill(self, view: EpisodeView) -> None:
        """Put the choices in the reader's language, and what is known on a page that was not sent."""

    def apply(self, view: EpisodeView) -> None:
        """Write down what the form says; refuses as the use case does."""
        raise NotImplementedError


class CloseForm(EpisodeForm):
    heading = _("Close the episode")
    button = _("Close the episode")
    about = _("It is completed once every gap is closed and the 30-day call is made. Otherwise choose why it ends.")

    reason = SelectField(_("Reason"), [InputRequired()])
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE)])

    def fill(self, view: EpisodeView) -> None:
        self.reason.choices = [("", _("Choose a reason")), *options("close_reason")]

    def apply(self, view: EpisodeView) -> None:
        service.close_episode(current_work(), view.id, CloseReason(self.reason.data), self.note.data or "")


class ReopenForm(EpisodeForm):
    heading = _("Open the episode again")
    button = _("Open the episode again")
    about = _("It goes on as it was: gaps and contacts stay, and days count as before. Within 30 days of its closing.")

    reason = SelectField(_("Reason"), [InputRequired()])
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE)])

    def fill(self, view: EpisodeView) -> None:
        self.reason.choices = [("", _("Choose a reason")), *options("reopen_reason")]

    def apply(self, view: EpisodeView) -> None:
        service.reopen_episode(current_work(), view.id, ReopenReason(self.reason.data), self.note.data or "")


class CloseGapForm(Form):
    how = SelectField(_("How it was closed"), [InputRequired()])
    note = TextAreaField(_("Note"), [Optional(), Length(max=LONGEST_NOTE)])

    def fill(self) -> None:
        """Put the choices in the reader's language."""
        self.how.choices = [("", _("Choose")), *options("gap_end")]

    def end(self) -> GapEnd:
        """Return how the gap was closed."""
        return GapEnd(self.how.data)
