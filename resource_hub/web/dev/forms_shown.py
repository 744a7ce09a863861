"""Parts of forms, and the items of an instrument."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from resource_hub.web.dev.specimens import Specimen
from resource_hub.web.shared.forms import Checkboxes, Form

PARTS, ITEMS, PAGES = "shared/parts.html", "shared/questions.html", "shared/asking_page.html"
_DAYS = [("mo", "Monday"), ("tu", "Tuesday")]
_LINE = {"phone": "988", "name": "Suicide and Crisis Lifeline", "text": {"en": "Call or text."}}
_OWN = _LINE | {"phone": "211", "name": "211"}


class SampleForm(Form):
    """A field of each kind."""

    name = StringField("Your name", [InputRequired()])
    note = TextAreaField("Note")
    day = SelectField("Day", choices=lambda: _DAYS)
    ways = RadioField("One of these", choices=lambda: _DAYS, default="tu")
    days = Checkboxes("Some of these", choices=lambda: _DAYS)
    agree = BooleanField("I agree")


def parts() -> Sequence[Specimen]:
    """Return what every form is made of, filled in, empty and refused."""
    well, wrong = SampleForm(), SampleForm()
    for one in (wrong.name, wrong.note, wrong.day, wrong.ways, wrong.days, wrong.agree):
        one.errors = ["Say what is wrong and how to mend it."]
    above = SampleForm()
    above.form_errors.append("What no field can mend stands above the form.")
    kinds = [(form, state) for form, state in ((well, ""), (wrong, ", refused"))]
    return (
        Specimen(PARTS, "csrf", "the hidden fields of a form: nothing is seen", [well]),
        Specimen(PARTS, "icon", "an icon, hidden from who listens", ["phone"]),
        Specimen(PARTS, "error_summary", "nothing is wrong: nothing is seen", [well]),
        Specimen(PARTS, "error_summary", "several fields", [wrong]),
        Specimen(PARTS, "error_summary", "the form as a whole", [above]),
        *(Specimen(PARTS, "field", f"must be filled in{state}", [form.name]) for form, state in kinds),
        *(Specimen(PARTS, "field", f"optional, hint{state}", [form.note, "A hint."]) for form, state in kinds),
        *(Specimen(PARTS, "field", f"a list{state}", [form.day], {"optional": False}) for form, state in kinds),
        *(Specimen(PARTS, "choices", f"one{state}", [form.ways]) for form, state in kinds),
        *(Specimen(PARTS, "choices", f"several, small{state}", [form.days], {"tile": False}) for form, state in kinds),
        *(Specimen(PARTS, "checkbox", f"a box{state}", [form.agree]) for form, state in kinds),
        Specimen(PARTS, "post_button", "main action", ["/dev/components", "Do it"]),
        Specimen(PARTS, "post_button", "second", ["/dev/components", "Do it"], {"kind": "usa-button--outline"}),
        Specimen(PARTS, "post_button", "takes away", ["/dev/components", "Remove"], {"kind": "usa-button--secondary"}),
    )


def items() -> Sequence[Specimen]:
    """Return the items of an instrument by kind, and the parts of the page that asks them."""
    yes_no = (("y", "Yes"), ("n", "No"))
    sent = MultiDict([("item.a", "y"), ("item.b", "x"), ("item.b", "Another one")])
    kinds = {
        "a group": _item("group"),
        "a text between": _item("display"),
        "one of several, answered": _item("choice", options=yes_no),
        "several at once": _item("choice", options=yes_no, several=True),
        "one of several, or in words": _item("open-choice", options=yes_no, field="item.b"),
        "yes or no": _item("boolean", field="item.c"),
        "words": _item("text", field="item.c"),
        "a number with its unit": _item("decimal", field="item.c", input="number", unit="years"),
        "depends on another, on paper": _item("boolean", field="item.c", condition="Do you smoke?"),
        "help at once": _item("choice", options=yes_no, notice="You can call 988 now."),
    }
    asked = {
        "draft": {"position": 1},
        "questions": [_item("boolean", when="item.z=y"), _item("choice", options=yes_no) | {"code": "other"}],
        "sent": sent,
        "asked": {"other"},
    }
    return (
        *(Specimen(ITEMS, "item", state, [item, sent, n]) for n, (state, item) in enumerate(kinds.items(), 1)),
        Specimen(PAGES, "help_box", "danger", [[_LINE], "You can talk to someone", "It is free."]),
        Specimen(PAGES, "help_box", "no danger: nothing is seen", [[], "", ""]),
        Specimen(PAGES, "help_numbers", "a name, and a number that is its own", [[_LINE, _OWN]]),
        Specimen(PAGES, "questions", "one asked, one not yet", [asked]),
        Specimen(PAGES, "wish_choices", "one chosen", ["food", dict(yes_no), "y", 1], inside="fieldset"),
        Specimen(PAGES, "order_list", "first, middle, last", [_NEEDS, "/dev/components"]),
    )


_NEEDS = ("food-insecurity", "homelessness", "stress")


def _item(kind: str, **more: Any) -> dict[str, Any]:
    usual = {"code": kind, "field": "item.a", "text": f"An item: {kind}", "number": 1, "options": (), "several": False}
    unsaid = dict.fromkeys(("when", "condition", "unit", "notice"), "")
    return usual | unsaid | {"kind": kind, "input": "text", "initial": []} | more
