"""The parent of every form: a CSRF token, an idempotency key, and texts without surrounding space."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length

from resource_hub.core.errors import HubError
from resource_hub.core.language import said
from resource_hub.web.shared.hub import current_hub
from resource_hub.web.shared.idempotency import LONGEST_KEY
from resource_hub.web.shared.language import current_translate


def stripped(value: object) -> object:
    """Return a text without surrounding space; everything else as it is."""
    return value.strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose repetition does nothing twice."""

    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])

    class Meta(FlaskForm.Meta):
        """Strip the texts of every field that has no filter of its own."""

        def bind_field(self, form: Any, unbound_field: Any, options: Mapping[str, Any]) -> Any:
            """Bind a field with the filter."""
            filters = [*unbound_field.kwargs.get("filters", []), stripped]
            return unbound_field.bind(form=form, filters=filters, **options)

    def blame(self, error: HubError) -> None:
        """Show a refusal at the fields that it names, else above the form."""
        translate = current_translate()
        for fault in error.faults:
            if fault.field in self._fields:
                self._fields[fault.field].errors = [*self._fields[fault.field].errors, said(fault.text, translate)]
        if not any(fault.field in self._fields for fault in error.faults):
            self.form_errors.append(said(error.text, translate))


class PublicForm(Form):
    """A form of the portal: it changes nothing, so it needs neither token nor cookie nor key."""

    idempotency_key = None

    class Meta(Form.Meta):
        """No token: nobody is signed in."""

        csrf = False
