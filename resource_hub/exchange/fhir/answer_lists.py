"""The answers of a question: `answerOption`, or a value set that the file contains."""

from collections.abc import Iterator

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import HL7, Json, path
from resource_hub.exchange.fhir.translations import texts_of
from resource_hub.exchange.fhir.written import write
from resource_hub.screening.rules.fields import refusal
from resource_hub.screening.values import Kind

Written = dict[str, object]

SCORES = frozenset(
    f"{HL7}StructureDefinition/{name}" for name in ("ordinalValue", "itemWeight", "questionnaire-ordinalValue")
)
_OPTION = frozenset(
    {
        "id", "extension", "valueCoding", "valueString", "valueInteger", "valueDate", "valueTime",
        "initialSelected",
    }
)  # fmt: skip
_CODING = frozenset(
    {
        "id", "extension", "system", "version", "code", "display", "userSelected",
    }
)  # fmt: skip


def read_options(entry: Json, where: str, kind: Kind, top: Json, language: str) -> list[Written]:
    """Return the answers to choose from; refuses with bad_instrument naming the path."""
    named = elements.text(entry, "answerValueSet", where)
    listed = list(elements.objects(entry, "answerOption", where))
    if not kind.chooses:
        if named or listed:
            raise refusal(where, f"An item of type {kind} takes no list of answers. Use choice or open-choice.")
        return []
    if bool(named) == bool(listed):
        raise refusal(where, "A choice needs answerOption or answerValueSet, and only one of them.")
    if listed:
        return [_option(one, place, language) for one, place in listed]
    return list(_contained(top, named, path(where, "answerValueSet"), language))


def _option(entry: Json, where: str, language: str) -> Written:
    elements.only(entry, _OPTION, where)
    kind, value, place = elements.value(entry, "value", where)
    option: Written = {"code": write(kind, value, place)}
    scored = [entry]
    if isinstance(value, dict):
        option |= _coding(value, place, language)
        scored.append(value)
    else:
        option["text"] = texts_of(entry, f"value{kind}", where, language) if kind == "String" else {
            language: str(value)
        }  # fmt: skip
    for one in scored:
        for url, extension, at in elements.extensions(one, where):
            if url in SCORES:
                option["score"] = _score(extension, at)
    return option


def _coding(coding: Json, where: str, language: str) -> Written:
    elements.only(coding, _CODING, where)
    words = texts_of(coding, "display", where, language)
    return {
        "text": words or {language: elements.code(coding, "code", where)},
        "system": elements.text(coding, "system", where),
    }


def _score(extension: Json, where: str) -> int:
    value = extension.get("valueDecimal", extension.get("valueInteger"))
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1 or value < 0:
        raise refusal(where, "A score is a whole number of 0 or more.")
    return int(value)


def _contained(top: Json, named: str, where: str, language: str) -> Iterator[Written]:
    if not named.startswith("#"):
        raise refusal(where, "Bring the answers along: as answerOption, or as a contained value set (#id).")
    for one, place in elements.objects(top, "contained", ""):
        if one.get("resourceType") == "ValueSet" and one.get("id") == named.removeprefix("#"):
            yield from _concepts(one, place, language)
            return
    raise refusal(where, "The file contains no value set with this id.")


def _concepts(value_set: Json, where: str, language: str) -> Iterator[Written]:
    compose = value_set.get("compose")
    if not isinstance(compose, dict) or "exclude" in compose:
        raise refusal(path(where, "compose"), "List the concepts in compose.include[].concept.")
    for include, place in elements.objects(compose, "include", path(where, "compose")):
        elements.only(include, frozenset({"id", "extension", "system", "version", "concept"}), place)
        system = elements.text(include, "system", place)
        concepts = list(elements.objects(include, "concept", place))
        if not concepts:
            raise refusal(place, "List its concepts one by one.")
        for concept, at in concepts:
            words = texts_of(concept, "display", at, language)
            code = elements.code(concept, "code", at)
            yield {"code": code, "text": words or {language: code}, "system": system} | _scored(concept, at)


def _scored(concept: Json, where: str) -> Written:
    found = [_score(extension, at) for url, extension, at in elements.extensions(concept, where) if url in SCORES]
    return {"score": found[0]} if found else {}
