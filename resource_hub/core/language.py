"""Words in the reader's language: English in the code, other languages in the catalogues."""

from functools import lru_cache
from typing import Protocol

from babel.support import NullTranslations, Translations

from resource_hub.core.paths import PACKAGE

LANGUAGES = ("en", "es")
CATALOGUES = PACKAGE / "translations"


class Translate(Protocol):
    """Returns a text in the reader's language with `%(name)s` filled in, like gettext."""

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate and fill in."""


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str) -> Translate:
    """Return the translation into a language; English for one that we do not speak."""
    catalogue = Translations.load(CATALOGUES, [language]) if language != "en" else NullTranslations()

    def translate(text: str, /, **values: object) -> str:
        return str(catalogue.ugettext(text)) % values if values else str(catalogue.ugettext(text))

    return translate


def marked(text: str) -> str:
    """Mark a text for the catalogues without translating it yet."""
    return text
