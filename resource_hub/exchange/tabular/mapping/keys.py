"""Ids made of a row's own words, so that the same words are the same record in every import."""

import unicodedata

from resource_hub.core.ids import derived_id

LONGEST_KEY = 80


def key_of(source: str, *words: str) -> str:
    """Return the source id for some words, in which case, spaces and accents do not count; empty without any."""
    plain = " | ".join(word for word in map(_plain, words) if word)
    if not plain:
        return ""
    return f"{source}:{plain if len(plain) <= LONGEST_KEY else derived_id(plain)}"


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.casefold().replace("#", " "))
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split()).strip(" .,;")
