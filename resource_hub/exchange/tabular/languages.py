"""Languages in free text: names that are certain get their tag (BCP 47); the rest is kept as it is."""

import re
from dataclasses import dataclass

_NAMES = """
    am Amharic|ar Arabic|arc Aramaic|ase American Sign Language/ASL/Sign Language/Sign Languages|bn Bengali/Bangla
    bs Bosnian|my Burmese|yue Cantonese/Chinese (Cantonese)|ceb Cebuano/Filipino (Cebuano)|zh Chinese|hr Croatian
    cs Czech|da Danish|nl Dutch|en English|fa Farsi/Persian/Persian (Farsi)|fil Filipino/Filipino (Tagalog)/Phillipino
    tl Tagalog|fr French|de German|el Greek|gu Gujarati|ht Haitian Creole/Creole/Haitian|he Hebrew|hi Hindi
    hil Hiligaynon/Filipino (Hiligaynon)/Filipino (IIongo)/Ilonggo|hmn Hmong|hu Hungarian|ig Igbo|ilo Ilocano
    id Indonesian|it Italian|ja Japanese|pam Kapampangan|km Khmer/Cambodian|ko Korean|ku Kurdish|lkt Lakota
    lo Lao/Laotian|mt Maltese|cmn Mandarin/Chinese (Mandarin)|mr Marathi|ne Nepali|no Norwegian|om Oromo
    pag Pangasinan/Filipino (Pangasinan)|ps Pashto|pl Polish|pt Portuguese|pa Punjabi/Panjabi|ro Romanian|ru Russian
    sm Samoan|sr Serbian|wuu Shanghainese/Chinese (Shanghainese)|si Sinhalese/Sinhala|so Somali|es Spanish|sw Swahili
    sv Swedish|ta Tamil|te Telugu|th Thai|ti Tigrinya|to Tongan|tr Turkish|tw Twi|uk Ukrainian|ur Urdu|vi Vietnamese
    yi Yiddish|yo Yoruba
"""
TAG_OF_NAME = {
    name.casefold(): tag
    for entry in re.split(r"[|\n]", _NAMES)
    if entry.strip()
    for tag, names in [entry.strip().split(" ", 1)]
    for name in names.split("/")
}
_BREAK = re.compile(r"[,;\n]|\.(?:\s|$)|\s+and\s+|\s+&\s+|\s+or\s+", re.IGNORECASE)
_INTERPRETED = re.compile(
    r"accommodat|arrangement|interpret|translat|language(s)? (line|bank|service)|language services", re.IGNORECASE
)
_NOTHING = frozenset({"none", "n/a", "na", "no", "see notes", "also", "other", "others"})


@dataclass(frozen=True)
class Spoken:
    """What a text says about languages: names with their tag or None, and sentences about interpreting."""

    languages: tuple[tuple[str, str | None], ...]
    interpretation: str | None


def read_languages(items: list[str]) -> Spoken:
    """Read what is spoken out of a list or a free text."""
    languages: dict[str, str | None] = {}
    interpretation: dict[str, None] = {}
    for words in _pieces(items):
        tag = TAG_OF_NAME.get(words.casefold())
        if tag is None and _INTERPRETED.search(words):
            interpretation[words] = None
        elif words.casefold() not in _NOTHING:
            languages.setdefault(words, tag)
    return Spoken(tuple(languages.items()), "; ".join(interpretation) or None)


def _pieces(items: list[str]) -> list[str]:
    pieces: list[str] = []
    for item in items:
        words = re.sub(r"\bA\.\s?S\.\s?L\.?", "ASL", item.strip())
        whole = words.rstrip(".")
        parts = [whole] if whole.casefold() in TAG_OF_NAME else _BREAK.split(words)
        pieces.extend(part.strip(" .") for part in parts if part.strip(" ."))
    return pieces
