"""The questions of an instrument as pages show them: in the reader's language, with how each is answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resource_hub.screening.values import Instrument, Item, Kind, text_in

PREFIX = "item."
_INPUTS = {
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.QUANTITY: "number",
}


@dataclass(frozen=True)
class Asked:
    """An item to show. `field` is the name of its answer in a form, `input` the type of a box to write in.

    `depth` is how far it stands in groups; `condition` names the question that decides whether it is asked;
    `domains` are those that it is the last to ask about. `when` says for a script when it is asked.
    """

    code: str
    field: str
    text: str
    kind: Kind
    depth: int
    number: int
    options: Sequence[tuple[str, str]]
    several: bool
    required: bool
    notice: str
    unit: str
    input: str
    condition: str
    initial: tuple[str, ...]
    domains: tuple[str, ...]
    when: str = ""


def questions_of(instrument: Instrument, language: str) -> list[Asked]:
    """Return the items of an instrument in their order; those that it works out by itself are left out."""
    items = {item.code: item for item in instrument.items}
    last = {domain: item.code for item in instrument.items for domain in instrument.domains_of(item.code)}
    found: list[Asked] = []
    number = 0
    for item in instrument.items:
        if item.read_only or not (item.text or item.kind.asks):
            continue
        number += item.kind.asks
        domains = tuple(domain for domain, code in last.items() if code == item.code)
        found.append(_asked(item, items, language, number, domains))
    return found


def _asked(item: Item, items: Mapping[str, Item], language: str, number: int, domains: tuple[str, ...]) -> Asked:
    return Asked(
        code=item.code,
        field=PREFIX + item.code,
        text=text_in(item.text, language),
        kind=item.kind,
        depth=_depth(item, items),
        number=number,
        options=[(option.code, text_in(option.text, language) or option.code) for option in item.answers],
        several=item.several,
        required=item.required,
        notice=text_in(item.notice, language),
        unit=item.unit.strip("{}"),
        input=_INPUTS.get(item.kind, "text"),
        condition=_condition(item, items, language),
        initial=item.initial,
        domains=domains,
        when=_when(item, items),
    )


def _when(item: Item, items: Mapping[str, Item]) -> str:
    """Return the conditions of an item and of the groups around it as JSON; empty where it always is asked."""
    around: Item | None = item
    found = []
    while around is not None:
        if around.enabling:
            tests = [[PREFIX + one.item, one.operator, one.value] for one in around.enabling.conditions]
            found.append({"every": around.enabling.every, "tests": tests})
        around = items[around.within] if around.within else None
    return json.dumps(found) if found else ""


def _depth(item: Item, items: Mapping[str, Item]) -> int:
    depth = 0
    while item.within:
        item, depth = items[item.within], depth + 1
    return depth


def _condition(item: Item, items: Mapping[str, Item], language: str) -> str:
    """Return the questions that decide whether an item is asked; empty where it always is."""
    if item.enabling is None:
        return ""
    asked = dict.fromkeys(one.item for one in item.enabling.conditions)
    return " · ".join(text_in(items[code].text, language) for code in asked)
