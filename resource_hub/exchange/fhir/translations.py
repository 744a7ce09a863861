"""Texts of a FHIR document with their translations, by language tag."""

import re
from collections.abc import Mapping

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import Json
from resource_hub.screening.rules.fields import refusal

Texts = Mapping[str, str]

TRANSLATION = f"{elements.HL7}StructureDefinition/translation"
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


def texts_of(entry: Json, key: str, where: str, language: str) -> dict[str, str]:
    """Return a text in its own language and in those of its translations; empty where there is no text."""
    words = elements.text(entry, key, where)
    if not words:
        return {}
    if not _TAG.fullmatch(language):
        raise refusal("language", "Name the language by its tag, such as en or es.")
    found = {language: words}
    beside = entry.get(f"_{key}")
    if beside is None:
        return found
    if not isinstance(beside, dict):
        raise refusal(elements.path(where, f"_{key}"), "Write a JSON object.")
    for url, extension, place in elements.extensions(beside, elements.path(where, f"_{key}")):
        if url == TRANSLATION:
            found |= _translation(extension, place)
    return found


def _translation(extension: Json, where: str) -> Texts:
    language, words = "", ""
    for url, part, place in elements.extensions(extension, where):
        if url == "lang":
            language = elements.text(part, "valueCode", place)
        elif url == "content":
            words = elements.text(part, "valueString", place) or elements.text(part, "valueMarkdown", place)
    if not _TAG.fullmatch(language) or not words:
        raise refusal(where, "A translation needs `lang` with a language tag, and `content` with the words.")
    return {language: words}
