"""Whatever a resident reads on the portal is at a reading grade of six or less, in English and in Spanish."""

import re
from collections import defaultdict
from functools import cache

import pytest

from resource_hub.core.language import translator
from tests.house.test_languages import forms, texts
from tests.screening.readability import fernandez_huerta, flesch_kincaid_grade

# Stewards' and organizations' own pages are read by staff; the page of figures explains how they are made.
OF_STAFF = ("still_right", "said_right", "quality")
FILES = ("templates/portal/", "resource_hub/web/portal/", "templates/shared/safety_now")
HIGHEST_GRADE, SIXTH_YEAR, LONGEST = 6, 70, 16


@cache
def by_file() -> dict[str, tuple[str, ...]]:
    """Return the texts of each file that residents read; labels of a word or three are judged with the others."""
    found: dict[str, list[str]] = defaultdict(list)
    for file, text in texts():
        if file.startswith(FILES) and not any(name in file for name in OF_STAFF):
            found[file] += [forms(text)[0]]
    return {file: tuple(dict.fromkeys(said)) for file, said in found.items()}


def read(said: tuple[str, ...], language: str) -> str:
    """Return texts as one reads them, each a sentence, with a plain word for what is filled in."""
    translate = translator(language)
    lines = (re.sub(r"%\(\w+\)[sd]", "food" if language == "en" else "comida", str(translate(one))) for one in said)
    return " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines)


def test_english_is_plain() -> None:
    grades = {file: flesch_kincaid_grade(read(said, "en")) for file, said in by_file().items()}
    assert {file: grade for file, grade in grades.items() if grade > HIGHEST_GRADE} == {}


def test_spanish_is_plain() -> None:
    eases = {file: fernandez_huerta(read(said, "es")) for file, said in by_file().items()}
    assert {file: ease for file, ease in eases.items() if ease < SIXTH_YEAR} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_is_long(language: str) -> None:
    texts_read = (read((text,), language) for said in by_file().values() for text in said)
    sentences = (one for text in texts_read for one in re.split(r"[.?!:;](?=\s|$)", text))
    assert [one for one in sentences if len(one.split()) > LONGEST] == []
