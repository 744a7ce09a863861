"""The parents of every form: texts without surrounding space, refusals at their fields, a token and a key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from resource_hub.core.errors import Conflict, HubError, Invalid, Refused
from resource_hub.core.language import said
from resource_hub.web.shared.hub import current_hub
from resource_hub.web.shared.idempotency import LONGEST_KEY
from resource_hub.web.shared.language import current_translate


def stripped(value: object) -> object:
    """Return a text without surrounding space; everything else as it is."""
    return value.strip() if isinstance(value, str) else value


class Checkboxes(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __iter__(self) -> Iterator[Any]:
        """Go through the boxes. None of them is required by itself, or browsers would ask for every one."""
        for box in super().__iter__():
            box.flags.required = False
            yield box


class PublicForm(FlaskForm):
    """A form of the portal: it changes nothing, so it needs neither token nor cookie nor key.

    `called` says which field a refusal means when it has another name for it.
    """

    called: ClassVar[Mapping[str, str]] = {}

    class Meta(FlaskForm.Meta):
        """No token, for nobody is signed in; every field strips its text."""

        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read what a form sent, never files or JSON: they could hold what is no text."""
            return request.form if formdata is not None and request.method == "POST" else None

        def bind_field(self, form: Any, unbound_field: Any, options: Mapping[str, Any]) -> Any:
            """Bind a field with the filter."""
            filters = [*unbound_field.kwargs.get("filters", []), stripped]
            return unbound_field.bind(form=form, filters=filters, **options)

    def saves(self, act: Callable[[], object]) -> bool:
        """Check the form, then act; a refusal is shown in the form, and False says that nothing was saved."""
        if not self.validate():
            return False
        try:
            act()
        except (Invalid, Refused, Conflict) as refusal:
            self.blame(refusal)
            return False
        return True

    def blame(self, error: HubError) -> None:
        """Show a refusal at the fields that it names, else above the form."""
        translate = current_translate()
        named = [(self._fields.get(self.called.get(fault.field, fault.field)), fault) for fault in error.faults]
        for field, fault in named:
            if field is not None:
                field.errors = [*field.errors, said(fault.text, translate)]
        if all(field is None for field, _fault in named):
            self.form_errors.append(said(error.text, translate))


class Form(PublicForm):
    """A form of staff, whose repetition does nothing twice."""

    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])

    class Meta(PublicForm.Meta):
        """A token against requests from elsewhere."""

        csrf = True
