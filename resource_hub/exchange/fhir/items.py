"""An item of a Questionnaire → an item of an instrument's document."""

from collections.abc import Iterator, Mapping

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.answer_lists import read_options
from resource_hub.exchange.fhir.conditions import read_enabling
from resource_hub.exchange.fhir.elements import HL7, Json, path
from resource_hub.exchange.fhir.translations import texts_of
from resource_hub.exchange.fhir.written import written
from resource_hub.screening.rules.fields import refusal, shown
from resource_hub.screening.values import Kind

Written = dict[str, object]

_KNOWN = frozenset(
    {
        "id", "extension", "linkId", "definition", "code", "prefix", "text", "type", "enableWhen",
        "enableBehavior", "required", "repeats", "readOnly", "maxLength", "answerValueSet", "answerOption",
        "initial", "item",
    }
)  # fmt: skip
_STRUCTURE, _SDC = f"{HL7}StructureDefinition/", f"{HL7}uv/sdc/StructureDefinition/sdc-questionnaire-"
_UNIT = {f"{_STRUCTURE}questionnaire-unit", f"{_STRUCTURE}questionnaire-unitOption"}
# How an item looks, or how its answers are turned into other records: nothing that changes what is asked.
_LEFT_OUT = frozenset(
    {
        f"{_STRUCTURE}{name}"
        for name in (
            "questionnaire-itemControl", "questionnaire-optionPrefix", "questionnaire-choiceOrientation",
            "questionnaire-displayCategory", "questionnaire-supportLink", "questionnaire-sliderStepValue",
            "questionnaire-hidden", "questionnaire-baseType", "rendering-style", "rendering-xhtml",
            "rendering-markdown", "entryFormat", "designNote", "variable", "questionnaire-unit",
            "questionnaire-unitOption", "translation", "itemWeight", "ordinalValue", "display",
        )
    }
    | {
        f"{_SDC}{name}"
        for name in (
            "calculatedExpression", "targetStructureMap", "observationExtract", "observation-extract-category",
            "shortText", "preferredTerminologyServer", "openLabel", "choiceColumn", "width", "isSubject",
            "itemExtractionContext", "observationLinkPeriod", "launchContext", "performerType", "assembledFrom",
            "optionalDisplay", "collapsible",
        )
    }
)  # fmt: skip


def read_item(entry: Json, where: str, codes: Mapping[str, str], top: Json, language: str) -> Written:
    """Return an item of the instrument's document; refuses with bad_instrument naming the path."""
    elements.only(entry, _KNOWN, where)
    check_extensions(entry, where)
    kind = _kind(entry, where)
    link_id = elements.code(entry, "linkId", where)
    item: Written = {"code": codes[link_id], "link_id": link_id, "kind": kind.value}
    item |= _words(entry, where, kind, language)
    if codes[link_id] != link_id:
        coding, place = next(_codings(entry, where))
        item |= {key: elements.text(coding, key, place) for key in ("system", "display")}
    item |= _flags(entry, where, kind)
    options = read_options(entry, where, kind, top, language)
    if options:
        item["answers"] = options
    if enabling := read_enabling(entry, where, codes):
        item["enabled"] = enabling
    if initial := [*_initial(entry, where, kind), *_selected(entry, where)]:
        item["initial"] = initial
    return item


def check_extensions(entry: Json, where: str) -> None:
    """Refuse an extension of HL7's that may change what is asked; those of others are left out."""
    for url, _extension, place in elements.extensions(entry, where):
        if url.startswith(HL7) and url not in _LEFT_OUT:
            raise refusal(place, f"The extension {shown(url.rpartition('/')[2])} is not understood.")


def _kind(entry: Json, where: str) -> Kind:
    named = elements.text(entry, "type", where)
    if named not in set(Kind):
        raise refusal(path(where, "type"), f"Use one of: {', '.join(Kind)}.")
    return Kind(named)


def _words(entry: Json, where: str, kind: Kind, language: str) -> Written:
    words = texts_of(entry, "text", where, language)
    prefix = elements.text(entry, "prefix", where)
    if not words and kind.asks:
        display = next((elements.text(coding, "display", place) for coding, place in _codings(entry, where)), "")
        if not display:
            raise refusal(path(where, "text"), "A question needs a text.")
        words = {language: display}
    return {"text": {tag: f"{prefix} {one}".strip() for tag, one in words.items()}}


def _codings(entry: Json, where: str) -> Iterator[tuple[Json, str]]:
    return elements.objects(entry, "code", where)


def _flags(entry: Json, where: str, kind: Kind) -> Written:
    flags: Written = {
        ours: True
        for theirs, ours in (("required", "required"), ("repeats", "several"), ("readOnly", "read_only"))
        if elements.yes_no(entry, theirs, where)
    }
    if kind is Kind.GROUP and flags.pop("several", False):
        raise refusal(path(where, "repeats"), "A group that is asked several times is not understood.")
    longest = entry.get("maxLength")
    if longest is not None:
        if not isinstance(longest, int) or isinstance(longest, bool) or longest < 1:
            raise refusal(path(where, "maxLength"), "Write a whole number of 1 or more.")
        flags["longest"] = min(longest, 1_000_000)
    units = [place_of for place_of in elements.extensions(entry, where) if place_of[0] in _UNIT]
    if len(units) == 1:
        flags["unit"] = _unit(units[0][1], units[0][2])
    return flags


def _unit(extension: Json, where: str) -> str:
    coding = extension.get("valueCoding")
    if not isinstance(coding, dict):
        raise refusal(where, "A unit is a valueCoding.")
    return elements.text(coding, "code", where) or elements.text(coding, "display", where)


def _initial(entry: Json, where: str, kind: Kind) -> Iterator[str]:
    found = list(elements.objects(entry, "initial", where))
    if found and (not kind.asks or (len(found) > 1 and not entry.get("repeats"))):
        raise refusal(path(where, "initial"), "Only a question has a first answer, and one unless it repeats.")
    for one, place in found:
        yield written(one, "value", place)


def _selected(entry: Json, where: str) -> Iterator[str]:
    for option, place in elements.objects(entry, "answerOption", where):
        if elements.yes_no(option, "initialSelected", place):
            yield written(option, "value", place)
