"""Questionnaires are read whole, or refused with the path of what is not understood; never half, never a traceback."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.fhir.questionnaire import DEEPEST, MOST_ITEMS, read_questionnaire
from resource_hub.screening.errors import BadInstrument
from resource_hub.screening.rules.enabling import asked, calculated
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.service import prepare
from resource_hub.screening.values import Answer, Instrument
from tests.exchange.fhir.questionnaires import CALCULATED, HL7, Json, coded, expression, of, whole

Damage = Callable[[Json], object]


def read(document: object) -> Instrument:
    return read_instrument(prepare(read_questionnaire(document)))


def refused_at(document: object) -> str:
    with pytest.raises(BadInstrument) as refusal:
        read(document)
    return refusal.value.faults[0].field


def test_every_kind_of_item_is_read() -> None:
    found = read(whole())

    assert len(found.items) == 16
    assert len(found.questions) == 13
    color, why = found.item("color"), found.item("why")
    assert color is not None
    assert why is not None
    assert (color.several, color.within, [one.code for one in color.answers]) == (True, "group", ["red", "blue"])
    assert (why.text, why.longest) == ({"en": "Why?", "es": "¿Por qué?"}, 20)
    old = found.item("old")
    assert old is not None
    assert (old.required, old.initial) == (True, ("30",))


def test_a_sum_is_worked_out_once_all_is_answered() -> None:
    found = read(whole())

    assert calculated(found, [Answer("calm", "b")]) == ()
    assert calculated(found, [Answer("calm", "b"), Answer("sad", "b")]) == (Answer("sum", "6"),)


DAMAGES: dict[str, Damage] = {
    "resourceType": lambda it: it.update(resourceType="Bundle"),
    "status": lambda it: it.update(status="retired"),
    "item": lambda it: it.pop("item"),
    "implicitRules": lambda it: it.update(implicitRules="urn:x"),
    "item[0].type": lambda it: it["item"][0].update(type="attachment"),
    "item[1].repeats": lambda it: it["item"][1].update(repeats=True),
    "item[1].item[0].answerValueSet": lambda it: it["item"][1]["item"][0].update(answerValueSet="http://x.example/vs"),
    "item[1].item[1].enableWhen[0]": lambda it: it["item"][1]["item"][1]["enableWhen"][0].update(question="gone"),
    "item[1].item[1].enableWhen[0].operator": lambda it: it["item"][1]["item"][1]["enableWhen"][0].update(operator="~"),
    "item[1].item[1].enableBehavior": lambda it: it["item"][1]["item"][1]["enableWhen"].append(
        {"question": "old", "operator": ">", "answerInteger": 3}
    ),
    "item[2].linkId": lambda it: it["item"][2].update(linkId="hello"),
    "item[2].text": lambda it: it["item"][2].pop("text"),
    "item[2].required": lambda it: it["item"][2].update(required="yes"),
    "item[3].maxLength": lambda it: it["item"][3].update(maxLength=0),
    "item[3].modifierExtension": lambda it: it["item"][3].update(modifierExtension=[{"url": "urn:x"}]),
    "item[4].extension[0]": lambda it: it["item"][4].update(
        extension=[expression(f"{HL7}uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression", "true")]
    ),
    "item[5]": lambda it: it["item"][5].update(answerOption=[coded("a", "A")]),
    "item[10].answerOption[0]": lambda it: it["item"][10]["answerOption"][0].update(valueInteger=1),
    "item[11].answerOption[0].extension[0]": lambda it: it["item"][11]["answerOption"][0]["extension"][0].update(
        valueDecimal=0.5
    ),
    "item[13].extension[0]": lambda it: it["item"][13].update(extension=[expression(CALCULATED, "%patient.age()")]),
}  # fmt: skip


@pytest.mark.parametrize("where", DAMAGES)
def test_what_is_not_understood_is_refused_with_its_path(where: str) -> None:
    document = whole()
    DAMAGES[where](document)

    assert refused_at(document) == where


def test_a_bundle_says_what_to_do() -> None:
    with pytest.raises(BadInstrument, match="Take the Questionnaire out of it"):
        read({"resourceType": "Bundle"})


def yes_no(link_id: str, *when: Json, **more: Any) -> Json:
    conditions = {"enableWhen": list(when), "enableBehavior": "all"} if when else {}
    return {"linkId": link_id, "type": "boolean", "text": link_id, **conditions, **more}


def on(question: str, operator: str = "=", **answer: Any) -> Json:
    return {"question": question, "operator": operator, **(answer or {"answerBoolean": True})}


def test_items_that_wait_for_each_other_are_refused() -> None:
    assert refused_at(of(yes_no("a", on("b")), yes_no("b", on("c")), yes_no("c", on("a")))).startswith("items[")
    assert refused_at(of(yes_no("a", on("a")))) == "items[0]"
    inner = yes_no("in")
    group = {"linkId": "g", "type": "group", "text": "g", "enableWhen": [on("in")], "item": [inner]}
    assert refused_at(of(group)).startswith("items[")


def nested(depth: int) -> Json:
    item: Json = {"linkId": "end", "type": "display", "text": "end"}
    for number in range(depth):
        item = {"linkId": f"g{number}", "type": "group", "text": "g", "item": [item]}
    return of(item)


def test_what_is_too_deep_or_too_long_is_refused() -> None:
    assert refused_at(nested(10_000)).startswith("item[0].item[0]")
    assert read(nested(DEEPEST - 1)).items
    many = [{"linkId": f"i{number}", "type": "display", "text": "x"} for number in range(MOST_ITEMS + 1)]
    assert refused_at(of(*many)) == "item"
    halves = [{"linkId": f"h{half}", "type": "group", "item": many[half::2]} for half in (0, 1)]
    assert refused_at(of(*halves)).startswith("item[1].item[")


def test_a_long_chain_of_conditions_is_read() -> None:
    chain = [yes_no("q0"), *(yes_no(f"q{number}", on(f"q{number - 1}")) for number in range(1, 900))]
    found = read(of(*chain))

    answers = [Answer(f"q{number}", "true") for number in range(900)]
    assert len(asked(found, answers)) == 900
    assert asked(found, [one for one in answers if one.item != "q1"]) == {"q0", "q1"}


@pytest.mark.parametrize(
    ("kind", "operator", "wanted", "holds", "fails"),
    [
        ("boolean", "=", {"answerBoolean": True}, "true", "false"),
        ("boolean", "!=", {"answerBoolean": True}, "false", "true"),
        ("integer", ">", {"answerInteger": 9}, "10", "9"),
        ("integer", ">=", {"answerInteger": 9}, "9", "8"),
        ("decimal", "<", {"answerDecimal": 9.5}, "9.49", "10"),
        ("decimal", "=", {"answerDecimal": 9.5}, "9.50", "9.05"),
        ("quantity", "<=", {"answerQuantity": {"value": 3, "unit": "kg"}}, "3", "20"),
        ("date", ">", {"answerDate": "2026-01-31"}, "2026-02-01", "2026-01-31"),
        (
            "dateTime",
            "<",
            {"answerDateTime": "2026-01-31T12:00:00Z"},
            "2026-01-31T12:30:00+01:00",
            "2026-02-01T00:00:00Z",
        ),
        ("time", ">=", {"answerTime": "09:00:00"}, "09:00:00", "08:59:00"),
        ("string", "=", {"answerString": "yes"}, "yes", "no"),
        ("string", "exists", {"answerBoolean": True}, "anything", None),
        ("string", "exists", {"answerBoolean": False}, None, "anything"),
        ("string", "!=", {"answerString": "x"}, None, "x"),
        ("integer", "<", {"answerInteger": 9}, "1", None),
    ],
)
def test_each_operator_compares_each_kind_of_answer(
    kind: str, operator: str, wanted: Json, holds: str | None, fails: str | None
) -> None:
    first = {"linkId": "first", "type": kind, "text": "first"}
    found = read(of(first, yes_no("second", on("first", operator, **wanted))))

    def is_asked(answer: str | None) -> bool:
        return "second" in asked(found, [Answer("first", answer)] if answer is not None else [])

    assert (is_asked(holds), is_asked(fails)) == (True, False)


@pytest.mark.parametrize(("behavior", "one", "both"), [("any", True, True), ("all", False, True)])
def test_conditions_are_joined_as_the_file_says(behavior: str, *, one: bool, both: bool) -> None:
    item = yes_no("c", on("a"), on("b"), enableBehavior=behavior)
    item["enableBehavior"] = behavior
    found = read(of(yes_no("a"), yes_no("b"), item))

    assert ("c" in asked(found, [Answer("a", "true")])) is one
    assert ("c" in asked(found, [Answer("a", "true"), Answer("b", "true")])) is both


def test_answers_of_an_item_that_is_not_asked_open_nothing() -> None:
    found = read(of(yes_no("a"), yes_no("b", on("a")), yes_no("c", on("b"))))

    assert asked(found, [Answer("a", "false"), Answer("b", "true")]) == {"a", "b"} - {"b"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """A whole questionnaire in which something, somewhere, became anything."""
    document = whole()
    places: list[tuple[Any, Any]] = []
    stack: list[Any] = [document]
    while stack:
        holder = stack.pop()
        keys = holder.keys() if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            places.append((holder, key))
            if isinstance(holder[key], dict | list):
                stack.append(holder[key])
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(places))
        holder[key] = draw(anything)
    return document


@given(mutated())
def test_anything_mutated_is_read_or_refused(document: Json) -> None:
    with suppress(BadInstrument):
        assert read(document).items
