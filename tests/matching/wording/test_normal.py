"""Text is made even, whatever is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.matching.rules.wording.normal import normalise, stem, stems


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("  Can't PAY\tthe—bill!! ", "cant pay the bill"),
        ("Niño, ¿dónde?", "nino donde"),
        ("\uff26\uff2f\uff2f\uff24 bank", "food bank"),
        ("women’s shelter", "womens shelter"),
        ("a\0b", "a b"),
        ("🍞 pan 🍞", "pan"),
        ("\u202eevil\u202c", "evil"),
        ("\ud800", ""),
        ("🙂🙂", ""),
        ("ﬁx", "fix"),
    ],
)
def test_one_case_no_accents_no_signs(text: str, even: str) -> None:
    assert normalise(text) == even


@given(st.text(max_size=200))
def test_any_text_becomes_even_once_and_for_all(text: str) -> None:
    even = normalise(text)

    assert normalise(even) == even
    assert even == " ".join(even.split())
    assert not any(sign.isupper() for sign in even if sign.isascii())


@pytest.mark.parametrize(
    ("word", "without"),
    [
        ("pantries", "pantry"),
        ("bills", "bill"),
        ("classes", "class"),
        ("bus", "bus"),
        ("gas", "gas"),
        ("crisis", "crisis"),
    ],
)
def test_the_plural_is_taken_away(word: str, without: str) -> None:
    assert stem(word) == without


def test_stems_are_even_words_without_plural() -> None:
    assert stems("Food Pantries!") == ["food", "pantry"]
