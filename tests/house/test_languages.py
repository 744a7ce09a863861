"""Every text that people read is in the Spanish catalogue, whole and with the places that are filled in.

After a change of texts: `make messages`, then translate what is empty or fuzzy.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "resource_hub" / "translations"
LANGUAGES = ["es"]
# The same words are in the `messages` target of the Makefile.
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2),
    "marked": None, "translate": None, "t": None, "Sentence": None,
}  # fmt: skip
PLACE = re.compile(r"%\(\w+\)[sd]")

Text = str | tuple[str, ...]


@cache
def texts() -> tuple[tuple[str, Text], ...]:
    """Return every marked text with the file it stands in; reading them all takes seconds."""
    sources = (("resource_hub", [("**.py", "python")]), ("templates", [("**.html", "jinja2")]))
    options = {"**.html": {"silent": "false", "extensions": "jinja2.ext.do"}}
    return tuple(
        (f"{folder}/{name}", text)
        for folder, methods in sources
        for name, _, text, _, _ in extract_from_dir(ROOT / folder, methods, options, KEYWORDS)
    )


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open(encoding="utf-8") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def says_it(message: Message) -> bool:
    return all(form.strip() for form in forms(message.string)) and not message.fuzzy


def has_the_places(message: Message) -> bool:
    wanted = {place for form in forms(message.id) for place in PLACE.findall(form)}
    found = [set(PLACE.findall(form)) for form in forms(message.string)]
    # A form for one thing may say “one” where the others count.
    return set[str]().union(*found) == wanted and (isinstance(message.id, tuple) or found == [wanted])


def test_texts_are_found_in_code_and_in_templates() -> None:
    files = {file for file, _ in texts()}
    assert {"templates/shared/base.html", "resource_hub/core/codes.py"} <= files


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_not_a_draft(language: str) -> None:
    # A draft is passed over when the catalogues are compiled, without a word.
    assert not catalogue(language).fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [text for _, text in texts() if not ((message := known.get(forms(text)[0])) and says_it(message))]
    assert missing == [], "run `make messages`, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_same_places_to_fill_in(language: str) -> None:
    wrong = [message.id for message in catalogue(language) if message.id and not has_the_places(message)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_not_the_text_itself_with_a_few_exceptions(language: str) -> None:
    same = [message.id for message in catalogue(language) if message.id and message.string == message.id]
    # Units, names and words that both languages share.
    assert [text for text in same if len(re.findall(r"[^\W\d_]+", PLACE.sub("", str(text)))) > 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    said = {forms(text)[0] for _, text in texts()}
    assert [message.id for message in catalogue(language) if message.id and forms(message.id)[0] not in said] == []
