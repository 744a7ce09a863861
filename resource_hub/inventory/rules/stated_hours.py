"""Hours that a source states only in words, as rules beside those words, where the words are certain."""

from collections.abc import Iterator
from dataclasses import replace

from resource_hub.inventory.rules.hours_text import read_hours
from resource_hub.inventory.rules.parts import owner_of, part_id
from resource_hub.inventory.values import Draft

# What stands with a rule that was read, so that nobody takes it for the source's own.
READ_NOTE = "Read from the words of the listing."
_STATED = ("freq", "byday", "bymonthday", "byweekno", "byyearday", "dtstart", "opens_at", "closes_at", "count")
_READ = ("freq", "byday", "opens_at", "closes_at", "notes")


def with_read_hours(draft: Draft) -> tuple[Draft, ...]:
    """Return a schedule with the rules that its words state, the first in the schedule itself, the others as its parts.

    A draft of another table, and one that has a rule, stay as they are. Where the words are not understood to the last
    one, the schedule has no rule, also where it had one under other words.
    """
    words = draft.fields.get("description")
    if draft.table != "schedule" or not isinstance(words, str) or any(draft.fields.get(name) for name in _STATED):
        return (draft,)
    return tuple(_read(draft, words)) or (replace(draft, fields={**dict.fromkeys(_READ), **draft.fields}),)


def _read(draft: Draft, words: str) -> Iterator[Draft]:
    for number, opening in enumerate(read_hours(words), start=1):
        rule = {
            "freq": opening.freq,
            "byday": opening.byday,
            "opens_at": opening.opens_at,
            "closes_at": opening.closes_at,
            "notes": draft.fields.get("notes") or READ_NOTE,
        }
        yield replace(draft, source_id=_named(draft.source_id, number), fields={**draft.fields, **rule})


def _named(source_id: str, number: int) -> str:
    if number == 1:
        return source_id
    # A part of a part would stay behind when the row no longer states it.
    return f"{source_id}{number}" if owner_of(source_id) else part_id("schedule", source_id, "hours", str(number))
