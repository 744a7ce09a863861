"""Texts are English in the code and said in the reader's language."""

import pytest

from resource_hub.core.language import LANGUAGES, Sentence, marked, said, translator

TEXT = "Write %(name)s with 100%% care."


@pytest.mark.parametrize("language", [*LANGUAGES, "tlh"])
def test_a_text_that_no_catalogue_has_stays_as_it_is(language: str) -> None:
    assert translator(language)("zzz %(name)s", name="Rosa") == "zzz Rosa"
    assert translator(language)("zzz 100 %") == "zzz 100 %"


def test_values_are_filled_in() -> None:
    assert translator("en")(TEXT, name="it") == "Write it with 100% care."


def test_marking_a_text_changes_nothing() -> None:
    assert marked(TEXT) == TEXT


def test_a_sentence_reads_in_english_and_is_said_in_another_language_with_its_values() -> None:
    words = {"%(name)s is 100%% here": "%(name)s está aquí al 100%%", "Plain": "Sencillo"}

    def translate(text: str, /, **values: object) -> str:
        return words[text] % values if values else words[text]

    sentence = Sentence("%(name)s is 100%% here", name="Rosa")
    assert sentence == "Rosa is 100% here"
    assert said(sentence, translate) == "Rosa está aquí al 100%"
    assert said("Plain", translate) == "Sencillo"
    assert Sentence("100 % plain") == "100 % plain"
