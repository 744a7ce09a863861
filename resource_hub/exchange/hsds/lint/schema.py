"""What the standard says of an object: required fields, types, formats, lists of values, and no other fields."""

import re
from collections.abc import Iterator, Mapping

from resource_hub.exchange.hsds.lint.formats import FORMATS, LONGEST
from resource_hub.exchange.hsds.lint.values import Record, Remark
from resource_hub.exchange.hsds.values import Field

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
LONGEST_NAME = 60
_TYPES: Mapping[str, type | tuple[type, ...]] = {"string": str, "number": (int, float), "array": list, "object": dict}
_NAMES = {"string": "a text", "number": "a number", "array": "a list", "object": "an object"}


def check(record: Record, also: frozenset[str] = frozenset()) -> Iterator[Remark]:
    """Check an object against the standard; `also` are the fields that a profile adds."""
    fields = record.table.fields
    for name, value in record.values.items():
        field = fields.get(name)
        if field is not None:
            # Most fields are a text that may be anything.
            if type(value) is not str or field.format or field.values or field.type != "string":
                yield from _check_value(field, value, tabular=record.tabular)
        elif name not in also:
            yield Remark("unknown_field", _short(name), "HSDS has no field of this name here. Check the spelling.")


def check_required(record: Record, required: frozenset[str]) -> Iterator[Remark]:
    """Check that the fields that must be there are there."""
    for name in required:
        if name not in record.values:
            yield Remark("missing_field", name, f"Every {record.table.name} needs {name}. Fill it in.")
        elif record.values[name] == "":
            yield Remark("blank_value", name, f"{name} is required and says nothing. Fill it in.")


def required(record_table: Mapping[str, Field], *, tabular: bool) -> frozenset[str]:
    """Return the names of the fields that must be there, in JSON or in a table."""
    return frozenset(
        name
        for name, field in record_table.items()
        if (field.tabular_required and not field.nested if tabular else field.required)
    )


def _check_value(field: Field, value: object, *, tabular: bool) -> Iterator[Remark]:
    if value is None:
        yield Remark("null_value", field.name, "null is no value of this field. Leave the field out instead.")
    elif not _fits(field, value, tabular=tabular):
        yield Remark("wrong_type", field.name, f"This must be {_NAMES[field.type]}.")
    elif isinstance(value, str) and value:
        yield from _check_text(field, value)


def _fits(field: Field, value: object, *, tabular: bool) -> bool:
    if tabular:
        return field.type != "number" or bool(_NUMBER.fullmatch(str(value)))
    # A boolean is an int to Python, but not to JSON.
    return isinstance(value, _TYPES[field.type]) and not isinstance(value, bool)


def _check_text(field: Field, value: str) -> Iterator[Remark]:
    if field.values and value not in field.values:
        yield Remark("not_in_list", field.name, f"Use one of: {', '.join(field.values)}.")
    if field.format:
        fits, words = FORMATS[field.format]
        if len(value) > LONGEST or not fits(value):
            yield Remark("bad_format", field.name, f"This must be {words}.")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
