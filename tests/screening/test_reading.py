"""What is wrong with an instrument or with answers is named by its place, never by what somebody answered."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.screening import instruments
from resource_hub.screening.errors import BadAnswers, BadInstrument, NoSuchInstrument
from resource_hub.screening.rules.answering import MOST_ROWS, read_answers
from resource_hub.screening.rules.reading import read_instrument, same_meaning
from resource_hub.screening.values import WantsHelp
from tests.screening.panel import DOCUMENT, PANEL

Damage = Callable[[dict[str, Any]], object]
_KEYS = st.text(max_size=4) | st.sampled_from(
    ["answers", "wants_help", "item", "answer", "items", "scoring", "code", "name", "home"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def damaged(damage: Damage) -> dict[str, Any]:
    document = deepcopy(DOCUMENT)
    damage(document)
    return document


DAMAGES: dict[str, Damage] = {
    "name": lambda it: it.update(name="../secret"),
    "version": lambda it: it.pop("version"),
    "items": lambda it: it.update(items=[]),
    "items[0]": lambda it: it["items"].insert(0, "home"),
    "items[0].code": lambda it: it["items"][0].pop("code"),
    "items[0].text.en": lambda it: it["items"][0].update(text={"en": ""}),
    "items[0].text": lambda it: it["items"][0].update(text={"Englisch, bitte": "x"}),
    "items[0].answers": lambda it: it["items"][0]["answers"].append({"code": "steady"}),
    "items[1].several": lambda it: it["items"][1].update(several="yes"),
    "items[2].answers": lambda it: it["items"][2].update(answers="no-such-set"),
    "items[2].answers[0].score": lambda it: it["answer_sets"]["frequency"][0].update(score=-1),
    "items[0].answers[3]": lambda it: it["scoring"][0]["positive"]["home"].append("refused"),
    "items[2].answers[6]": lambda it: it["answer_sets"]["frequency"].append(
        {"code": "unsure", "refusal": True, "score": 3}
    ),
    "scoring": lambda it: it.update(scoring={}),
    "scoring[0].domain": lambda it: it["scoring"][0].update(domain="shoes"),
    "scoring[0].positive": lambda it: it["scoring"][0].update(positive={}),
    "scoring[1].positive.home": lambda it: it["scoring"][1].update(positive={"home": "none"}),
    "scoring[2]": lambda it: it["scoring"][2].update(positive={"roof": ["mold"]}),
    "scoring[1]": lambda it: it["scoring"][1].update(positive={"home": ["tent"]}),
    "scoring[3]": lambda it: it["scoring"][3].update(at_least=0),
    "scoring[4]": lambda it: it["scoring"][4].update(sum=["home"]),
    "scoring[3].sum": lambda it: it["scoring"][3].update(sum=[]),
    "help_answers": lambda it: it.update(help_answers={"maybe": {"en": "Maybe"}}),
}


@pytest.mark.parametrize("where", DAMAGES)
def test_a_fault_in_an_instrument_is_named_by_its_place(where: str) -> None:
    with pytest.raises(BadInstrument) as refusal:
        read_instrument(damaged(DAMAGES[where]))

    assert [fault.field for fault in refusal.value.faults] == [where]
    assert refusal.value.text.startswith(where)


@given(anything)
def test_anything_else_is_refused_as_an_instrument(document: object) -> None:
    with pytest.raises(BadInstrument):
        read_instrument(document)


def test_words_may_change_within_a_version_and_meaning_may_not() -> None:
    def reworded(document: dict[str, Any]) -> None:
        document["items"][0]["text"] = {"en": "Where do you live?"}

    def rescored(document: dict[str, Any]) -> None:
        document["scoring"][3]["at_least"] = 9

    assert same_meaning(PANEL, read_instrument(damaged(reworded)))
    assert not same_meaning(PANEL, read_instrument(damaged(rescored)))


def test_the_name_of_an_instrument_is_no_path() -> None:
    for name in ("../short-screener", "/etc/passwd", "", "Short-Screener"):
        with pytest.raises(NoSuchInstrument, match="short-screener"):
            instruments.load(name)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"{", "panel.json: the file"),
        (b"\xff\xfe\x00", "panel.json: the file"),
        (b"[" * 100_000, "panel.json: the file"),
        (b" " * (instruments.LARGEST_FILE + 1), "panel.json: the file"),
        (json.dumps({**DOCUMENT, "name": "other"}).encode(), "panel.json: name"),
        (json.dumps({**DOCUMENT, "items": []}).encode(), "panel.json: items"),
    ],
    ids=["cut off", "not UTF-8", "too deep", "too large", "another name", "no items"],
)
def test_a_file_that_is_no_instrument_is_named(tmp_path: Path, content: bytes, place: str) -> None:
    file = tmp_path / "panel.json"
    file.write_bytes(content)

    with pytest.raises(BadInstrument) as refusal:
        instruments.read_file(file)

    assert [fault.field for fault in refusal.value.faults] == [place]


def test_answers_are_read_with_the_wishes_in_the_persons_order() -> None:
    answers = read_answers(
        {
            "answers": [{"item": "faults", "answer": "mold"}, {"item": "faults", "answer": "leaks"}],
            "wants_help": {"stress": "later", "food-insecurity": "yes"},
        },
        PANEL,
    )

    assert [(one.item, one.answer) for one in answers.given] == [("faults", "mold"), ("faults", "leaks")]
    assert list(answers.wants_help.items()) == [("stress", WantsHelp.LATER), ("food-insecurity", WantsHelp.YES)]


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        ([], "the file", "invalid"),
        ({"answers": {}}, "answers", "invalid"),
        ({"answers": [{}] * (MOST_ROWS + 1)}, "answers", "invalid"),
        ({"answers": [{"item": "home"}]}, "answers[0]", "invalid"),
        ({"answers": ["home"]}, "answers[0]", "invalid"),
        ({"answers": [{"item": "home", "answer": None}]}, "answers[0]", "invalid"),
        ({"answers": [{"item": "SECRET", "answer": "none"}]}, "answers[0].item", "unknown_item"),
        ({"answers": [{"item": "home", "answer": "SECRET"}]}, "answers[0].answer", "unknown_answer"),
        ({"wants_help": ["homelessness"]}, "wants_help", "invalid"),
        ({"wants_help": {"SECRET": "yes"}}, "wants_help[0]", "unknown_need"),
        ({"wants_help": {"homelessness": "SECRET"}}, "wants_help.homelessness", "invalid"),
        ({"wants_help": {"homelessness": []}}, "wants_help.homelessness", "invalid"),
    ],
)
def test_answers_that_do_not_fit_are_named_by_their_row_and_not_repeated(
    document: object, field: str, code: str
) -> None:
    with pytest.raises(BadAnswers) as refusal:
        read_answers(document, PANEL)

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [(field, code)]
    assert "SECRET" not in refusal.value.text


def test_a_question_of_one_choice_takes_one_answer_and_the_same_twice_is_one() -> None:
    twice = [{"item": "home", "answer": "none"}, {"item": "home", "answer": "none"}]
    assert len(read_answers({"answers": twice}, PANEL).given) == 2

    with pytest.raises(BadAnswers) as refusal:
        read_answers({"answers": [*twice, {"item": "home", "answer": "steady"}]}, PANEL)

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [("answers[2]", "answered_twice")]


def test_many_faults_are_told_in_part() -> None:
    rows = [{"item": "roof", "answer": "none"}] * MOST_ROWS

    with pytest.raises(BadAnswers) as refusal:
        read_answers({"answers": rows}, PANEL)

    assert len(refusal.value.faults) == 20


@given(anything)
def test_no_document_breaks_the_reading_of_answers(document: object) -> None:
    with suppress(BadAnswers):
        answers = read_answers(document, PANEL)
        assert len(answers.given) <= MOST_ROWS
