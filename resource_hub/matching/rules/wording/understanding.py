"""Understands a question in plain words: corrects its words, then finds the needs and terms it names."""

from collections.abc import Iterator, Sequence

from resource_hub.matching.rules.wording.normal import stem
from resource_hub.matching.rules.wording.phrases import Hit, hits, longest
from resource_hub.matching.rules.wording.spelling import SHORTEST, spellings
from resource_hub.matching.values.wording import Lexicon, Understood, Wording

_CLOSEST = 5
_SHORTEST_HALF = 3
# Words that everybody uses tell little about what is looked for.
_COMMON = 0.5
_ONE_WORD, _EVERYDAY = 0.8, 0.5
# Where nothing else was understood: who knows the way to help.
_WAYFINDERS = {"navigating the system": 1.0, "help hotlines": 0.6}


def correct(wording: Wording, lexicon: Lexicon, text: str) -> str:
    """Return a normalised text with its words corrected; words that are known, short, or have digits stay."""
    return " ".join(word for asked in text.split() for word in _corrected(wording, lexicon, asked))


def understand(wording: Wording, lexicon: Lexicon, text: str) -> Understood:
    """Return what a normalised, corrected text asks for. The longest phrases count; none behind a no."""
    words = [stem(word) for word in text.split()]
    telling = [word for word in words if word not in lexicon.little] or words
    needs: dict[str, float] = {}
    terms: dict[str, float] = {}
    found = [
        (wording.wishes[hit.number], _telling(lexicon, telling, hit)) for hit in _wished(wording, lexicon, telling)
    ]
    most = max((share for _wish, share in found), default=1.0)
    for wish, share in found:
        for named, asked in ((needs, wish.needs), (terms, wish.terms)):
            for name, weight in asked.items():
                named[name] = max(round(weight * share / most, 3), named.get(name, 0.0))
    own = wording.names.get(tuple(words))
    if own is not None:
        # Who types a term's name asks for just that.
        terms = {own: 1.0}
    sought = {
        word: _COMMON if word in lexicon.common else 1.0
        for word in telling
        if word not in lexicon.empty and word in wording.words.tokens
    }
    if not terms and not sought and any(word in lexicon.common for word in text.split()):
        terms = dict(_WAYFINDERS)
    return Understood(text, dict(sorted(needs.items(), key=lambda need: -need[1])), terms, sought)


def _telling(lexicon: Lexicon, words: Sequence[str], hit: Hit) -> float:
    """Return how sure a phrase is beside others: one of several words is, one everyday word much less."""
    if hit.end - hit.start > 1:
        return 1.0
    return _EVERYDAY if words[hit.start] in lexicon.common else _ONE_WORD


def _corrected(wording: Wording, lexicon: Lexicon, word: str) -> Sequence[str]:
    known = word in lexicon.common or word in wording.speller.numbers or stem(word) in wording.words.tokens
    if known or len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return [word]
    # The first letter is hardly ever wrong, unless it changed places with the second.
    close = [
        found
        for found, _edits in spellings(wording.speller, word, limit=_CLOSEST)
        if found[0] == word[0] or found[:2] == word[1::-1]
    ]
    return close[:1] or _halves(wording, lexicon, word) or [word]


def _halves(wording: Wording, lexicon: Lexicon, word: str) -> Sequence[str]:
    """Return the two known words that were written as one, if any."""
    for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
        halves = word[:cut], word[cut:]
        if all(half in wording.speller.numbers or half in lexicon.common for half in halves):
            return halves
    return []


def _wished(wording: Wording, lexicon: Lexicon, words: Sequence[str]) -> Iterator[Hit]:
    refused = [
        (start, start + len(refusal))
        for start in range(len(words))
        for refusal in lexicon.against
        if tuple(words[start : start + len(refusal)]) == refusal
    ]
    for hit in longest(hits(wording.book, words)):
        if not any(start < hit.start <= end for start, end in refused):
            yield hit
