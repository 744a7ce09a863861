"""`enableWhen` of a Questionnaire → when an item is asked."""

from collections.abc import Mapping

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import Json, path
from resource_hub.exchange.fhir.written import write
from resource_hub.screening.rules.fields import refusal, shown
from resource_hub.screening.rules.item_reading import OPERATORS

_KNOWN = frozenset(
    {
        "id", "extension", "question", "operator", "answerBoolean", "answerDecimal", "answerInteger",
        "answerDate", "answerDateTime", "answerTime", "answerString", "answerCoding", "answerQuantity",
    }
)  # fmt: skip


def read_enabling(entry: Json, where: str, codes: Mapping[str, str]) -> dict[str, object] | None:
    """Return when an item is asked, or None where it always is; refuses with bad_instrument naming the path."""
    found = [_condition(one, place, codes) for one, place in elements.objects(entry, "enableWhen", where)]
    behavior = entry.get("enableBehavior")
    if behavior not in (None, "any", "all"):
        raise refusal(path(where, "enableBehavior"), "Use all or any.")
    if len(found) > 1 and behavior is None:
        raise refusal(path(where, "enableBehavior"), "Say all or any, since there are several conditions.")
    return {"when": found, "every": behavior == "all"} if found else None


def _condition(entry: Json, where: str, codes: Mapping[str, str]) -> dict[str, str]:
    elements.only(entry, _KNOWN, where)
    question = elements.code(entry, "question", where)
    if question not in codes:
        raise refusal(where, f"There is no item with the linkId {shown(question)}.")
    operator = elements.text(entry, "operator", where)
    if operator not in OPERATORS:
        raise refusal(path(where, "operator"), f"Use one of: {' '.join(OPERATORS)}.")
    kind, value, place = elements.value(entry, "answer", where)
    if operator == "exists" and not isinstance(value, bool):
        raise refusal(place, "The operator exists takes answerBoolean.")
    if operator not in {"exists", "=", "!="} and kind in {"Boolean", "Coding", "String"}:
        raise refusal(path(where, "operator"), "Only numbers, dates and times are larger or smaller.")
    return {"item": codes[question], "operator": operator, "value": write(kind, value, place)}
