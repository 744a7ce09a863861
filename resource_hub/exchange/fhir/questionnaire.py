"""A FHIR R4 Questionnaire → an instrument's document. What is not understood is refused with its place."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import Json, objects
from resource_hub.exchange.fhir.expressions import Expressions
from resource_hub.exchange.fhir.items import read_item
from resource_hub.exchange.fhir.translations import Texts, texts_of
from resource_hub.screening.rules.fields import refusal

MOST_ITEMS = 1000
DEEPEST = 20
_KNOWN = frozenset(
    {
        "resourceType", "id", "meta", "language", "text", "contained", "extension", "url", "identifier",
        "version", "name", "title", "derivedFrom", "status", "experimental", "subjectType", "date", "publisher",
        "contact", "description", "useContext", "jurisdiction", "purpose", "copyright", "approvalDate",
        "lastReviewDate", "effectivePeriod", "code", "item",
    }
)  # fmt: skip
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME, _LONGEST_VERSION, _LONGEST_TITLE = 40, 20, 200


@dataclass(frozen=True)
class Placed:
    """An item of the file with its place, and the link id of the item it stands in."""

    entry: Json
    where: str
    within: str


def read_questionnaire(document: object) -> dict[str, object]:
    """Return the document of an instrument, without scoring; refuses with bad_instrument naming the item's path."""
    top = _questionnaire(document)
    language = elements.text(top, "language", "the file") or "en"
    placed = list(_flat(top))
    codes = _codes(placed)
    expressions = Expressions.of(top, [(one.entry, one.where) for one in placed], codes)
    items = [read_item(one.entry, one.where, codes, top, language) for one in placed]
    for one, item in zip(placed, items, strict=True):
        if one.within:
            item["within"] = codes[one.within]
        calculated = expressions.of_item(one.entry, one.where, items)
        if calculated:
            item |= {"calculated": calculated, "read_only": True}
    return {
        "name": _name(top),
        "version": _version(top),
        "title": _title(top, language),
        "panel": _panel(top),
        "source": {
            "url": elements.text(top, "url", "the file"),
            "version": elements.text(top, "version", "the file"),
            "notice": elements.text(top, "copyright", "the file"),
        },
        "items": items,
    }


def _questionnaire(document: object) -> Json:
    if not isinstance(document, dict):
        raise refusal("the file", "Write one FHIR Questionnaire as a JSON object.")
    kind = document.get("resourceType")
    if kind == "Bundle":
        raise refusal("resourceType", "This is a Bundle. Take the Questionnaire out of it and import that alone.")
    if kind != "Questionnaire":
        raise refusal("resourceType", "Only a FHIR R4 Questionnaire can be imported.")
    elements.only(document, _KNOWN, "")
    if document.get("status") not in ("draft", "active", "unknown"):
        raise refusal("status", "Use a Questionnaire whose status is draft or active.")
    return document


def _flat(top: Json) -> Iterator[Placed]:
    """Give all items in their order; by a stack, since files may nest deeper than Python calls."""
    stack = [Placed(entry, where, "") for entry, where in reversed(list(objects(top, "item", "")))]
    depth = {one.where: 1 for one in stack}
    if not stack:
        raise refusal("item", "A Questionnaire needs at least one item.")
    number = 0
    while stack:
        placed = stack.pop()
        number += 1
        if number > MOST_ITEMS:
            raise refusal(placed.where, f"Use at most {MOST_ITEMS} items.")
        if depth[placed.where] > DEEPEST:
            raise refusal(placed.where, f"Nest items at most {DEEPEST} deep.")
        yield placed
        link_id = elements.text(placed.entry, "linkId", placed.where)
        inner = [Placed(entry, where, link_id) for entry, where in objects(placed.entry, "item", placed.where)]
        depth |= {one.where: depth[placed.where] + 1 for one in inner}
        stack += reversed(inner)


def _codes(placed: Sequence[Placed]) -> Mapping[str, str]:
    """Return each item's code by its link id: its own coding where no other item has the same, else the link id."""
    links: dict[str, str] = {}
    for one in placed:
        link_id = elements.code(one.entry, "linkId", one.where)
        if link_id in links:
            raise refusal(f"{one.where}.linkId", "Another item has the same linkId.")
        links[link_id] = _coded(one)
    unique = {code for code, times in Counter(links.values()).items() if code and times == 1 and code not in links}
    return {link_id: code if code in unique else link_id for link_id, code in links.items()}


def _coded(placed: Placed) -> str:
    codings = list(objects(placed.entry, "code", placed.where))
    return elements.code(*_at(codings[0], "code")) if len(codings) == 1 else ""


def _at(coding: tuple[Json, str], key: str) -> tuple[Json, str, str]:
    entry, where = coding
    return entry, key, where


def _name(top: Json) -> str:
    for key in ("name", "id", "title"):
        found = _NOT_IN_NAMES.sub("-", elements.text(top, key, "the file")).strip("-._")
        if found:
            return found[:_LONGEST_NAME].rstrip("-._")
    raise refusal("name", "Give the Questionnaire a name of letters and digits.")


def _version(top: Json) -> str:
    found = re.sub(r"[^A-Za-z0-9.-]+", "-", elements.text(top, "version", "the file")).strip("-.")
    return found[:_LONGEST_VERSION] or "1"


def _title(top: Json, language: str) -> Texts:
    titled = texts_of(top, "title", "the file", language) or {language: _name(top)}
    return {tag: words[:_LONGEST_TITLE] for tag, words in titled.items()}


def _panel(top: Json) -> str:
    """Return the code of the whole: the Questionnaire's own, or that of the one group around all."""
    codings = list(objects(top, "code", ""))
    items = list(objects(top, "item", ""))
    if not codings and len(items) == 1:
        codings = list(objects(items[0][0], "code", items[0][1]))
    return elements.text(codings[0][0], "code", codings[0][1]) if codings else ""
