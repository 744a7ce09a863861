"""Text made even: one case, no accents, no punctuation, single spaces; and words without their plural."""

import re
import unicodedata

_APOSTROPHES = re.compile("(?<=\\w)['’\u2018\u0060\u00b4](?=\\w)")
_NOT_WORDS = re.compile(r"[\W_]+")
_SHORT = 3


def normalise(text: str) -> str:
    """Return a text in lower case without accents, punctuation, control signs or double spaces (NFKC)."""
    if text.isascii():
        return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", text.lower())).strip()
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", letters)).strip()


def stem(word: str) -> str:
    """Return a normalised word without the s of the plural, English or Spanish."""
    if len(word) <= _SHORT or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def stems(text: str) -> list[str]:
    """Return the words of a text, made even and without plural."""
    return [stem(word) for word in normalise(text).split()]
