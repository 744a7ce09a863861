"""Codes in plain words, for templates: `code | words("status")`."""

from collections.abc import Mapping

from resource_hub.web.shared.directory_words import DIRECTORY_WORDS
from resource_hub.web.shared.episode_words import EPISODE_WORDS
from resource_hub.web.shared.handoff_words import HANDOFF_WORDS
from resource_hub.web.shared.language import current_translate

WORDS: Mapping[str, Mapping[str, str]] = {**HANDOFF_WORDS, **EPISODE_WORDS, **DIRECTORY_WORDS}


def words(code: str | None, kind: str) -> str:
    """Return a code in the reader's words; the code itself where we have none."""
    return current_translate()(WORDS[kind].get(code, code)) if code else ""


def options(kind: str, *codes: str) -> list[tuple[str, str]]:
    """Return the choices of a form field, in the reader's words."""
    return [(code, words(code, kind)) for code in codes or WORDS[kind]]
