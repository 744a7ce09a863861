"""How hard a text is to read, by the usual formulas."""

import re

_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH_HIATUS = re.compile(r"(?<=[^ctsg])i(?=[aou])")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
# Two strong vowels, or a weak one with an accent, do not make one syllable.
_SPANISH_HIATUS = re.compile(r"(?<=[aeoáéó])(?=[aeoáéó])|(?<=[íú])(?=[aeoáéó])|(?<=[aeoáéó])(?=[íú])")


def flesch_kincaid_grade(text: str) -> float:
    """Return the school year (United States) that an English text asks for."""
    sentences, words = _sentences(text), _words(text)
    syllables = sum(english_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def fernandez_huerta(text: str) -> float:
    """Return how easy a Spanish text reads: 70 and more is for the sixth year of school and below."""
    sentences, words = _sentences(text), _words(text)
    syllables = sum(spanish_syllables(word) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences


def inflesz(text: str) -> float:
    """Return how easy a Spanish text reads (Szigriszt-Pazos): from 65 "quite easy", from 80 "very easy"."""
    sentences, words = _sentences(text), _words(text)
    syllables = sum(spanish_syllables(word) for word in words)
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences


def spanish_syllables(word: str) -> int:
    """Count the syllables of a Spanish word."""
    split = _SPANISH_HIATUS.sub("-", re.sub(r"qu|gu(?=[ei])", "g", word.lower()))
    return max(1, len(_SPANISH_VOWELS.findall(split)))


def english_syllables(word: str) -> int:
    """Count the syllables of an English word, nearly always rightly."""
    silent = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[^dt])ed$|(?<=[aeiouy])l?e$", "", word.lower())
    return max(1, len(_ENGLISH_VOWELS.findall(_ENGLISH_HIATUS.sub("i-", silent))))


def _sentences(text: str) -> int:
    return max(1, len(re.findall(r"[.?!](?=\s|$)", text)))


def _words(text: str) -> list[str]:
    # A phone number is read off digit by digit in any language; it says nothing about how hard the words are.
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
