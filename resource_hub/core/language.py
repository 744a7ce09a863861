"""Words in the reader's language: English in the code, other languages in the catalogues."""

from functools import lru_cache
from typing import Protocol, Self

from babel.support import NullTranslations, Translations

from resource_hub.core.paths import PACKAGE

LANGUAGES = ("en", "es")
CATALOGUES = PACKAGE / "translations"


class Translate(Protocol):
    """Returns a text in the reader's language with `%(name)s` filled in, like gettext."""

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate and fill in."""


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> NullTranslations:
    """Return all texts in a language; in English, which has no catalogue, as they stand in the code."""
    return Translations.load(CATALOGUES, [language]) if language != "en" else NullTranslations()


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str) -> Translate:
    """Return the translation into a language; English for one that we do not speak."""
    texts = catalogue(language)

    def translate(text: str, /, **values: object) -> str:
        return str(texts.ugettext(text)) % values if values else str(texts.ugettext(text))

    return translate


def marked(text: str) -> str:
    """Mark a text for the catalogues without translating it yet."""
    return text


class Sentence(str):
    """A text with values filled in, in English, that can still be said in another language."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill `%(name)s` places; the template is what the catalogues know."""
        sentence = super().__new__(cls, template % values if values else template)
        sentence.template, sentence.values = template, values
        return sentence


def said(text: str, translate: Translate) -> str:
    """Say a text in the reader's language."""
    return translate(text.template, **text.values) if isinstance(text, Sentence) else translate(text)
