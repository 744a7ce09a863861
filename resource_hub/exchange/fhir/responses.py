"""Answers ↔ a FHIR QuestionnaireResponse. What a consent does not cover is left out."""

from collections.abc import Iterator, Mapping, Sequence

from resource_hub.core.errors import Fault
from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.coded import Json, coding, instant, meta
from resource_hub.exchange.fhir.written import written
from resource_hub.screening.errors import BadAnswers, BadInstrument
from resource_hub.screening.rules.answering import check_answers
from resource_hub.screening.rules.enabling import calculated, counted
from resource_hub.screening.rules.fields import refusal
from resource_hub.screening.rules.sensitive import labels_of
from resource_hub.screening.values import (
    Answer,
    Answers,
    Instrument,
    Item,
    Kind,
    Screening,
    Sensitivity,
    text_in,
)

PROFILE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaireresponse"
DEEPEST = 40
_NUMBERS = {Kind.INTEGER: "valueInteger", Kind.DECIMAL: "valueDecimal"}
_TEXTS = {Kind.DATE: "valueDate", Kind.DATE_TIME: "valueDateTime", Kind.TIME: "valueTime"}


def to_response(
    instrument: Instrument, screening: Screening, answers: Answers, patient: str, covered: frozenset[Sensitivity]
) -> Json:
    """Return what a person answered; `patient` is a reference, `covered` the labels that may leave."""
    left = [item for item in instrument.items if labels_of(instrument, item) <= covered]
    given = all_answers(instrument, answers)
    labels = {
        label for item in left for label in labels_of(instrument, item) if any(item.code == a.item for a in given)
    }
    return {
        "resourceType": "QuestionnaireResponse",
        "id": screening.id,
        "meta": meta(PROFILE, labels),
        "questionnaire": _canonical(instrument),
        "status": "completed",
        "subject": {"reference": patient},
        "authored": instant(screening.screened_at),
        "source": {"reference": patient},
        "item": _items(left, given, ""),
    }


def all_answers(instrument: Instrument, answers: Answers) -> tuple[Answer, ...]:
    """Return the answers that count, with what the instrument works out from them."""
    given = counted(instrument, answers.given)
    worked_out = {item.code for item in instrument.items if item.calculation}
    return (*(one for one in given if one.item not in worked_out), *calculated(instrument, given))


def value_of(item: Item, answer: str) -> Json:
    """Return an answer as a FHIR value."""
    option = item.option(answer)
    if option is not None:
        if not option.system:
            return {"valueString": text_in(option.text, "en") or answer}
        return {"valueCoding": coding(option.system, option.code, text_in(option.text, "en"))}
    if item.kind is Kind.QUANTITY:
        return {"valueQuantity": {"value": _number(answer)} | ({"unit": item.unit} if item.unit else {})}
    if item.kind in _NUMBERS:
        return {_NUMBERS[item.kind]: _number(answer)}
    if item.kind is Kind.BOOLEAN:
        return {"valueBoolean": answer == "true"}
    return {_TEXTS.get(item.kind, "valueString"): answer}


def from_response(document: object, instrument: Instrument) -> tuple[Answer, ...]:
    """Return the answers of a QuestionnaireResponse; refuses with bad_answers naming the place, never an answer.

    What the instrument works out by itself is not taken from the document.
    """
    try:
        found = tuple(_read(document, {item.link_id or item.code: item for item in instrument.items}))
    except BadInstrument as error:
        raise BadAnswers(
            error.text, faults=tuple(Fault(one.field, one.code, one.text) for one in error.faults)
        ) from error
    check_answers(Answers(found, {}), instrument)
    return found


def _read(document: object, items: Mapping[str, Item]) -> Iterator[Answer]:
    if not isinstance(document, dict) or document.get("resourceType") != "QuestionnaireResponse":
        raise refusal("resourceType", "Write one FHIR QuestionnaireResponse as a JSON object.")
    if document.get("status") not in ("completed", "amended"):
        raise refusal("status", "Use a response whose status is completed or amended.")
    stack = [(entry, where, 1) for entry, where in elements.objects(document, "item", "")]
    while stack:
        entry, where, depth = stack.pop(0)
        if depth > DEEPEST:
            raise refusal(where, f"Nest items at most {DEEPEST} deep.")
        item = items.get(elements.text(entry, "linkId", where))
        if item is None:
            raise refusal(f"{where}.linkId", "The instrument has no item with this linkId.")
        stack += [(one, place, depth + 1) for one, place in elements.objects(entry, "item", where)]
        for answer, place in elements.objects(entry, "answer", where):
            stack += [(one, at, depth + 1) for one, at in elements.objects(answer, "item", place)]
            if not item.read_only:
                yield Answer(item.code, written(answer, "value", place))


def _canonical(instrument: Instrument) -> str:
    source = instrument.source
    if source is None or not source.url:
        return f"urn:resource-hub:instrument:{instrument.name}|{instrument.version}"
    return f"{source.url}|{source.version}" if source.version else source.url


def _items(items: Sequence[Item], given: Sequence[Answer], within: str) -> list[Json]:
    """Return the answered items of a group with their texts; groups without any answer are left out."""
    found = []
    for item in items:
        if item.within != within or item.kind is Kind.DISPLAY:
            continue
        values = [value_of(item, one.answer) for one in given if one.item == item.code]
        inner = _items(items, given, item.code) if item.kind is Kind.GROUP or values else []
        if not values and not inner:
            continue
        entry: Json = {"linkId": item.link_id or item.code}
        words = text_in(item.text, "en")
        entry |= {"text": words} if words else {}
        if values and inner:
            values = [values[0] | {"item": inner}, *values[1:]]
        found.append(entry | ({"answer": values} if values else {"item": inner}))
    return found


def _number(answer: str) -> float | int:
    number = float(answer)
    return int(number) if number.is_integer() else number
