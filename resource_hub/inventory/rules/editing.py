"""What stewards may set on a listing, what each field can hold, and which kind of fact it belongs to."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.codes import FactKind as FactForm
from resource_hub.core.errors import Fault
from resource_hub.core.geography import ZONE_OF_STATE
from resource_hub.inventory.values import FactKind, FieldValue, ListingEdit, Operator, RecordEdit, Rule

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
OLDEST = 130
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
MODES = ("in_person", "phone", "online", "home")
LOCATION_TYPES = ("physical", "virtual", "postal")
PHONE_TYPES = ("voice", "fax", "tty", "text", "cell", "video", "pager")

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,185}\.[^@\s.]{2,}")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s/]{2,}(/\S*)?", re.IGNORECASE)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAYS = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*")
_POSTAL_CODE = re.compile(r"\d{5}(-\d{4})?")


@dataclass(frozen=True)
class Form:
    """What a field holds: `check` tells whether a filled value can be, `text` says how to write it."""

    text: str
    check: Callable[[FieldValue], bool]
    needed: bool = False


def _words(longest: int) -> Callable[[FieldValue], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest


def _shaped(pattern: re.Pattern[str]) -> Callable[[FieldValue], bool]:
    return lambda value: isinstance(value, str) and len(value) <= LONGEST_LINE and bool(pattern.fullmatch(value))


def _one_of(choices: tuple[str, ...]) -> Form:
    return Form(f"Use one of: {', '.join(choices)}.", lambda value: value in choices)


def _between(lowest: float, highest: float) -> Form:
    text = f"Use a number from {lowest:g} to {highest:g}."
    return Form(text, lambda value: _is_number(value) and lowest <= float(str(value)) <= highest)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


LINE = Form(f"Use at most {LONGEST_LINE} characters.", _words(LONGEST_LINE))
NAME = Form(f"Write a name of at most {LONGEST_LINE} characters.", _words(LONGEST_LINE), needed=True)
TEXT = Form(f"Use at most {LONGEST_TEXT:,} characters.", _words(LONGEST_TEXT))
EMAIL = Form("Write an e-mail address, like name@example.org.", _shaped(_EMAIL))
WEB = Form("Write a web address, like https://example.org.", _shaped(_WEB))
TIME = Form("Write a time of 24 hours, like 09:30.", _shaped(_TIME))
YES_NO = Form("Use yes or no.", lambda value: isinstance(value, bool))
AGE = _between(0, OLDEST)
DAYS = Form("Write days like MO,TH, or 2TU for every second Tuesday.", _shaped(_DAYS))
STATE = Form("Use the two letters of a state.", lambda value: value in ZONE_OF_STATE, needed=True)
POSTAL_CODE = Form("Write a ZIP Code of five digits.", _shaped(_POSTAL_CODE), needed=True)
NUMBER = Form("Write a telephone number.", _words(100), needed=True)
EXTENSION = Form("Use at most 20 characters.", _words(20))
LIST_OF_MODES = Form(
    f"Use some of: {', '.join(MODES)}.", lambda value: isinstance(value, list) and set(value) <= {*MODES}
)

FORMS: Mapping[str, Mapping[str, Form]] = {
    "organization": {"name": NAME, "alternate_name": LINE, "description": TEXT, "email": EMAIL, "website": WEB},
    "service": {
        "name": NAME,
        "alternate_name": LINE,
        "description": TEXT,
        "url": WEB,
        "email": EMAIL,
        "status": Form(f"Use one of: {', '.join(STATUSES)}.", lambda value: value in STATUSES, needed=True),
        "interpretation_services": TEXT,
        "application_process": TEXT,
        "fees_description": TEXT,
        "wait_time": TEXT,
        "eligibility_description": TEXT,
        "minimum_age": AGE,
        "maximum_age": AGE,
        "alert": TEXT,
    },
    "location": {
        "name": LINE,
        "alternate_name": LINE,
        "description": TEXT,
        "url": WEB,
        "transportation": TEXT,
        "location_type": _one_of(LOCATION_TYPES),
        "latitude": _between(-90, 90),
        "longitude": _between(-180, 180),
        "confidential": YES_NO,
    },
    "address": {
        "attention": LINE,
        "address_1": NAME,
        "address_2": LINE,
        "city": NAME,
        "state_province": STATE,
        "postal_code": POSTAL_CODE,
    },
    "phone": {"number": NUMBER, "extension": EXTENSION, "type": _one_of(PHONE_TYPES), "description": TEXT},
    "schedule": {
        "freq": _one_of(("WEEKLY", "MONTHLY")),
        "byday": DAYS,
        "opens_at": TIME,
        "closes_at": TIME,
        "description": TEXT,
    },
    "service_at_location": {"description": TEXT, "modes": LIST_OF_MODES},
}
# What a steward may add to a listing and take from it; the records of the others live as long as the listing.
ADDABLE = frozenset({"phone", "schedule"})

_KINDS = {
    "phone": FactKind.PHONE,
    "address": FactKind.ADDRESS,
    "schedule": FactKind.HOURS,
}
_ELIGIBILITY_FIELDS = frozenset({"eligibility_description", "minimum_age", "maximum_age"})
_ADDRESS_FIELDS = frozenset({"latitude", "longitude"})


def faults_of(edit: ListingEdit) -> list[Fault]:
    """Return what is wrong with an edit, each with how to mend it."""
    faults = [fault for record in edit.records for fault in _record_faults(record)]
    faults += [fault for rule in edit.rules or () for fault in _rule_faults(rule)]
    for need, weight in (edit.needs or {}).items():
        if need not in NEEDS or not 0 < weight <= 1:
            faults.append(Fault("needs", "invalid", "Use needs of the list, with weights above 0 and at most 1."))
    return faults


def kind_of(table: str, field: str) -> FactKind:
    """Return which kind of fact a field belongs to."""
    if field in _ELIGIBILITY_FIELDS:
        return FactKind.ELIGIBILITY
    if table == "location" and field in _ADDRESS_FIELDS:
        return FactKind.ADDRESS
    return _KINDS.get(table, FactKind.LISTING)


def _record_faults(record: RecordEdit) -> list[Fault]:
    forms = FORMS.get(record.table)
    if forms is None or (record.table not in ADDABLE and (record.id is None or record.remove)):
        return [Fault(record.table[:40], "not_editable", "This cannot be added, removed or changed here.")]
    faults = [
        Fault(f"{record.table}.{name}", "invalid", forms[name].text if name in forms else "There is no such field.")
        for name, value in record.fields.items()
        if name not in forms or not _holds(forms[name], value)
    ]
    if record.id is None:
        faults += [
            Fault(f"{record.table}.{name}", "missing", form.text)
            for name, form in forms.items()
            if form.needed and name not in record.fields
        ]
    return faults


def _holds(form: Form, value: FieldValue) -> bool:
    if value is None or value == "":
        return not form.needed
    return form.check(value) and (not form.needed or bool(str(value).strip()))


def _rule_faults(rule: Rule) -> list[Fault]:
    fact = FACTS.get(rule.fact)
    if fact is None:
        return [Fault("rules", "unknown_fact", f"Use one of: {', '.join(FACTS)}.")]
    ordered = rule.operator in {Operator.AT_LEAST, Operator.AT_MOST}
    if ordered != (fact.kind is FactForm.NUMBER):
        return [Fault("rules", "wrong_operator", f"{fact.label}: limits are for numbers, “is” for the others.")]
    if ordered and not (_is_number(rule.value) and 0 <= float(str(rule.value)) <= fact.largest):
        return [Fault("rules", "wrong_value", f"{fact.label}: use a number from 0 to {fact.largest:g}.")]
    return [] if ordered else _choice_faults(rule)


def _choice_faults(rule: Rule) -> list[Fault]:
    fact = FACTS[rule.fact]
    several = rule.operator in {Operator.ANY_OF, Operator.NONE_OF}
    values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    fits: dict[FactForm, Callable[[object], bool]] = {
        FactForm.YES_NO: lambda value: isinstance(value, bool),
        FactForm.CHOICE: lambda value: value in fact.choices,
        FactForm.POSTAL_CODE: lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{5}", value)),
    }
    if several == isinstance(rule.value, tuple) and values and all(fits[fact.kind](value) for value in values):
        return []
    return [Fault("rules", "wrong_value", f"{fact.label}: this value cannot be.")]
