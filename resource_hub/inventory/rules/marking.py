"""A text with some of its words marked, cut to what stands around them."""

import re
from collections.abc import Iterable, Iterator

LONGEST = 320
_BEFORE = 120


def marked_pieces(text: str, words: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is one of the words; a long text is cut around the first of them.

    Words are found in any case, with any signs between them, and with apostrophes that they may have lost.
    """
    wanted = [pattern for word in words if (pattern := _pattern(word))]
    found = re.compile("|".join(wanted), re.IGNORECASE) if wanted else None
    return tuple(_pieces(_excerpt(" ".join(text.split()), found), found))


def _pieces(text: str, found: re.Pattern[str] | None) -> Iterator[tuple[str, bool]]:
    at = 0
    for word in found.finditer(text) if found else ():
        if word.start() > at:
            yield text[at : word.start()], False
        yield word[0], True
        at = word.end()
    if at < len(text):
        yield text[at:], False


def _excerpt(text: str, found: re.Pattern[str] | None) -> str:
    if len(text) <= LONGEST:
        return text
    first = found.search(text) if found else None
    start = max(0, (first.start() if first else 0) - _BEFORE)
    start = 0 if start == 0 else text.find(" ", start) + 1
    end = start + LONGEST
    cut = text[start:end] if end >= len(text) else text[start:end].rpartition(" ")[0]
    return ("… " if start else "") + cut + (" …" if end < len(text) else "")


def _pattern(words: str) -> str:
    parts = re.findall(r"\w+", words)
    return r"\b" + r"[\W_]+".join("['’]?".join(map(re.escape, part)) for part in parts) + r"\b" if parts else ""
