"""A made-up Questionnaire that uses every part which is understood."""

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

HL7 = "http://hl7.org/fhir/"
LOINC = "http://loinc.org"


def coded(code: str, display: str, score: int | None = None) -> Json:
    option: Json = {"valueCoding": {"system": LOINC, "code": code, "display": display}}
    if score is not None:
        option["extension"] = [{"url": f"{HL7}StructureDefinition/ordinalValue", "valueDecimal": score}]
    return option


def spoken(text: str, language: str) -> Json:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"extension": [{"url": f"{HL7}StructureDefinition/translation", "extension": parts}]}


def expression(kind: str, text: str, name: str = "") -> Json:
    value = {"language": "text/fhirpath", "expression": text} | ({"name": name} if name else {})
    return {"url": kind, "valueExpression": value}


VARIABLE = f"{HL7}StructureDefinition/variable"
CALCULATED = f"{HL7}uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
SUM = "%resource.item.where(linkId='calm' or linkId='sad').answer.value.ordinal().sum()"

WHOLE: Json = {
    "resourceType": "Questionnaire",
    "name": "Everything",
    "version": "1.0",
    "status": "active",
    "title": "All of it",
    "contained": [
        {
            "resourceType": "ValueSet",
            "id": "colors",
            "compose": {
                "include": [{"system": "urn:c", "concept": [{"code": "red", "display": "Red"}, {"code": "blue"}]}]
            },
        }
    ],
    "item": [
        {"linkId": "hello", "type": "display", "text": "Welcome"},
        {
            "linkId": "group",
            "type": "group",
            "text": "About you",
            "item": [
                {"linkId": "color", "type": "choice", "text": "Which?", "answerValueSet": "#colors", "repeats": True},
                {
                    "linkId": "why",
                    "type": "text",
                    "text": "Why?",
                    "_text": spoken("¿Por qué?", "es"),
                    "maxLength": 20,
                    "enableWhen": [{"question": "color", "operator": "=", "answerCoding": {"code": "red"}}],
                },
            ],
        },
        {"linkId": "old", "type": "integer", "text": "How old?", "required": True, "initial": [{"valueInteger": 30}]},
        {"linkId": "tall", "type": "decimal", "text": "How tall?"},
        {"linkId": "heavy", "type": "quantity", "text": "How heavy?"},
        {"linkId": "born", "type": "date", "text": "Born when?"},
        {"linkId": "woke", "type": "dateTime", "text": "Woke when?"},
        {"linkId": "sleeps", "type": "time", "text": "Sleeps when?"},
        {"linkId": "nick", "type": "string", "text": "Called what?"},
        {"linkId": "well", "type": "boolean", "text": "Well?"},
        {"linkId": "else", "type": "open-choice", "text": "What else?", "answerOption": [{"valueString": "Nothing"}]},
        {
            "linkId": "calm",
            "type": "choice",
            "text": "Calm?",
            "answerOption": [coded("a", "No", 0), coded("b", "Yes", 3)],
        },
        {
            "linkId": "sad",
            "type": "choice",
            "text": "Sad?",
            "answerOption": [coded("a", "No", 0), coded("b", "Yes", 3)],
        },
        {"linkId": "sum", "type": "integer", "text": "Sum", "extension": [expression(CALCULATED, SUM)]},
    ],
}


def whole() -> Json:
    return deepcopy(WHOLE)


def of(*items: Json, **top: Any) -> Json:
    return {"resourceType": "Questionnaire", "name": "Some", "status": "active", "item": list(items), **top}
