"""The short screener speaks plainly, in English and Spanish alike."""

from collections.abc import Iterator

import pytest

from resource_hub.screening import instruments
from resource_hub.screening.values import Texts, text_in
from tests.screening.readability import (
    english_syllables,
    fernandez_huerta,
    flesch_kincaid_grade,
    inflesz,
    spanish_syllables,
)

SCREENER = instruments.load("short-screener")
ITEMS = {item.code: item for item in SCREENER.items}


def texts() -> Iterator[Texts]:
    yield from (SCREENER.title, SCREENER.label, SCREENER.introduction, SCREENER.help_question)
    yield from SCREENER.help_answers.values()
    for item in SCREENER.items:
        yield item.text
        yield from (option.text for option in item.answers)
        if item.notice:
            yield item.notice


def sentences(language: str) -> str:
    notices = [item.notice for item in SCREENER.items if item.notice]
    read = [SCREENER.introduction, SCREENER.help_question, *(item.text for item in SCREENER.items), *notices]
    return " ".join(text[language] for text in read)


def test_the_measure_tells_easy_from_hard() -> None:
    assert flesch_kincaid_grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert flesch_kincaid_grade("The evaluation considered individual circumstances comprehensively.") > 12
    assert fernandez_huerta("La casa es roja.") > 90
    assert inflesz("La evaluación consideraba exhaustivamente circunstancias individuales.") < 40


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("someone", 2), ("violence", 3), ("question", 2), ("people", 2), ("rule", 1), ("needed", 2), ("asked", 1),
        ("Medicare", 3), ("the", 1), ("diary", 3),
    ],
)  # fmt: skip
def test_english_syllables_are_counted(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("casa", 2), ("agua", 2), ("día", 2), ("médico", 3), ("quiere", 2), ("guitarra", 3), ("teléfono", 4), ("leer", 2)],
)
def test_spanish_syllables_are_counted(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


def test_every_text_is_there_in_english_and_spanish_and_they_differ() -> None:
    for text in texts():
        assert set(text) == {"en", "es"}
        assert text["en"] != text["es"] or text["en"] == "No"


def test_the_whole_reads_at_the_sixth_year_or_below() -> None:
    assert flesch_kincaid_grade(sentences("en")) <= 6
    assert fernandez_huerta(sentences("es")) >= 70
    assert inflesz(sentences("es")) >= 65


@pytest.mark.parametrize("item", ITEMS)
def test_each_question_reads_easily_by_itself(item: str) -> None:
    assert flesch_kincaid_grade(ITEMS[item].text["en"]) <= 6
    assert fernandez_huerta(ITEMS[item].text["es"]) >= 70


def test_it_says_that_it_is_not_validated() -> None:
    assert SCREENER.label["en"] == "Not a validated instrument"


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_is_not_safe_gets_numbers_to_call(language: str) -> None:
    notice = ITEMS["safety"].notice[language]

    for number in ("911", "1-800-799-7233", "988"):
        assert number in notice
    assert "988" in ITEMS["stress"].notice[language]


def test_a_language_we_do_not_have_is_shown_in_english() -> None:
    assert text_in(SCREENER.help_question, "ht") == "Do you want help with this?"
    assert text_in({"es": "Sí"}, "en") == "Sí"
    assert text_in({}, "en") == ""
