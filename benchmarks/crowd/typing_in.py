"""What somebody types: with care, what fits the field; without, whatever the fingers find."""

import random

from werkzeug.datastructures import MultiDict

from benchmarks.crowd.reading import Field, Form

ODD = (
    "", " ", "x", "0", "-1", "1e400", "NaN", "2026-13-45", "9999-12-31", "0001-01-01", "2147483648", "9" * 40,
    "a" * 3000, "<b>x</b>", "' OR 1=1", "%s", "{{7*7}}", "../../etc", "\u0661\u0662", "\u202e", "日本語", "🙂",
)  # fmt: skip
# Few of each, so that people get in each other's way.
_FITTING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("birth", ("1950-03-14", "1931-07-29")),
    ("record", tuple(f"MRN-{number}" for number in range(40))),
    ("postal", ("53204", "53206", "87501")),
    ("near", ("53204", "53206", "87501")),
    ("zip", ("53204", "53206", "87501")),
    ("phone", tuple(f"414-555-01{number:02}" for number in range(100))),
    ("reach", tuple(f"414-555-01{number:02}" for number in range(100))),
    ("mail", ("ana@example.org", "ben@example.org")),
    ("name", ("Ana Reyes", "Ben Cole", "Cem Aydin")),
    ("days", ("1", "30")),
    ("size", ("1", "4")),
    ("available", ("0", "2", "9")),
)
_BY_KIND = {"number": ("1", "2", "30"), "time": ("09:00", "16:30"), "datetime-local": ("2027-01-04T10:30",)}
_WORDS = ("food", "rent", "a ride to the clinic", "1")
_OFTEN, _SELDOM = 0.85, 0.1


def filled_in(form: Form, chance: random.Random, today: str, *, careful: bool) -> MultiDict[str, str]:
    """Return what somebody sends with a form; `today` is a date as browsers write it."""
    sent: MultiDict[str, str] = MultiDict()
    choices: dict[str, list[str]] = {}
    for one in form.fields:
        if one.kind == "radio":
            choices.setdefault(one.name, []).append(one.value)
        elif one.kind == "checkbox":
            if chance.random() < _OFTEN:
                sent.add(one.name, one.value)
        elif one.kind != "file":
            sent.add(one.name, _typed(one, chance, today, careful=careful))
    for name, values in choices.items():
        sent.add(name, chance.choice(values))
    if sent and not careful and chance.random() < _SELDOM:
        sent[chance.choice(sorted(sent))] = chance.choice(ODD)
    return sent


def _typed(one: Field, chance: random.Random, today: str, *, careful: bool) -> str:
    if one.kind == "hidden":
        return one.value
    if one.kind == "select":
        return chance.choice([value for value in one.options if value] or [""])
    if not careful:
        return chance.choice(ODD)
    if one.value and chance.random() < _OFTEN:
        return one.value
    if one.kind == "date":
        return today
    fitting = (words for part, words in _FITTING if part in one.name.lower())
    return chance.choice(_BY_KIND.get(one.kind) or next(fitting, _WORDS))
