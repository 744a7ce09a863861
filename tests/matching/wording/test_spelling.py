"""Misspelt words meet the right ones without a look at every known word."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from resource_hub.matching.rules.wording.spelling import speller, spellings

WORDS = dict.fromkeys(
    ("food", "pantry", "shelter", "transportation", "electricity", "dialysis", "catholic", "hospital", "light"), 1.0
)
KNOWN = speller(WORDS)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("foood", "food"), ("pantrey", "pantry"), ("shetler", "shelter"), ("transportaton", "transportation"),
        ("eletricty", "electricity"), ("dialisis", "dialysis"), ("catolic", "catholic"), ("hosptial", "hospital"),
    ],
)  # fmt: skip
def test_the_right_word_is_found(typed: str, meant: str) -> None:
    assert [word for word, _edits in spellings(KNOWN, typed)] == [meant]


@pytest.mark.parametrize("word", ["food", "fod", "cat", "zzzzzz", "", "painting"])
def test_known_short_and_strange_words_stay(word: str) -> None:
    assert spellings(KNOWN, word) == []


@given(st.sampled_from(sorted(WORDS)), st.data())
def test_one_mistake_anywhere_is_always_mended(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )
    assume(len(typed) > 3 and typed not in WORDS)

    found = spellings(KNOWN, typed, limit=9)

    assert word in {known for known, _edits in found}


@given(st.text(LETTERS, min_size=4, max_size=14))
def test_nothing_close_is_missed_and_nothing_far_is_offered(typed: str) -> None:
    assume(typed not in WORDS)
    most = 2 if len(typed) >= 8 else 1

    found = {word for word, _edits in spellings(KNOWN, typed, limit=99)}

    assert found == {word for word in WORDS if OSA.distance(typed, word) <= most}


def test_the_more_usual_word_comes_first() -> None:
    known = speller({"lights": 1.0, "nights": 9.0, "fights": 5.0})

    assert [word for word, _edits in spellings(known, "xights", limit=3)] == ["nights", "fights", "lights"]
