"""Builds what a market's services are found by: words, terms, needs, and the speller of its own names."""

from collections import Counter
from collections.abc import Sequence

from resource_hub.matching.rules.wording import affinity
from resource_hub.matching.rules.wording.normal import normalise, stems
from resource_hub.matching.rules.wording.phrases import phrasebook
from resource_hub.matching.rules.wording.postings import bm25, postings
from resource_hub.matching.rules.wording.reading import Lines, Read, read
from resource_hub.matching.rules.wording.spelling import speller
from resource_hub.matching.values.wording import Lexicon, Phrase, Postings, Speller, Text, Wish, Wording

_K1, _B, _PHRASE_B = 1.2, 0.5, 0.3
# Words of our own vocabulary are as usual as words of so many services.
_OURS = 50.0


def build(lexicon: Lexicon, texts: Sequence[Text]) -> Wording:
    """Build the index of a market's texts."""
    named = {tuple(stems(name)): name.casefold() for text in texts for line in text.terms for name in line}
    phrases: list[Phrase] = list(dict.fromkeys([*lexicon.evidence, *named]))
    done = read(texts, phrasebook(phrases))
    told = bm25(
        done.phrases.count, done.lengths, done.phrases.number, done.phrases.row, len(phrases), k1=_K1, b=_PHRASE_B
    )
    found = Lines(done.phrases.number, done.phrases.row, told)
    terms = affinity.terms(lexicon, phrases, found, texts)
    numbers = {" ".join(phrase): number for number, phrase in enumerate(phrases)}
    wishes = {**{phrase: Wish({}, {name: 1.0}) for phrase, name in named.items()}, **lexicon.wishes}
    return Wording(
        services=tuple(text.service_id for text in texts),
        words=_words(done, len(texts)),
        phrases=postings(numbers, found.number, found.row, found.count, len(texts)),
        terms=terms,
        needs=affinity.needs(lexicon, terms, texts),
        shown=done.shown,
        showing=_showing(lexicon),
        names={tuple(stems(name)): name for name in terms.tokens},
        speller=_speller(lexicon, texts),
        book=phrasebook(wishes),
        wishes=tuple(wishes.values()),
    )


def _words(done: Read, size: int) -> Postings:
    lines = done.words
    told = bm25(lines.count, done.lengths, lines.number, lines.row, len(done.tokens), k1=_K1, b=_B)
    return postings(done.tokens, lines.number, lines.row, told, size)


def _speller(lexicon: Lexicon, texts: Sequence[Text]) -> Speller:
    """Know the words of names and terms, and those of our own vocabulary."""
    names = Counter(word for text in texts for word in set(normalise(f"{text.name} {text.organization}").split()))
    usual: dict[str, float] = {word: float(count) for word, count in names.items()}
    terms = {word for text in texts for line in text.terms for name in line for word in normalise(name).split()}
    for word in terms | set(lexicon.spoken):
        usual[word] = usual.get(word, 0.0) + _OURS + lexicon.spoken.get(word, 0)
    return speller(usual)


def _showing(lexicon: Lexicon) -> dict[str, tuple[tuple[str, str], ...]]:
    """Name the phrases that show a term without doubt."""
    showing: dict[str, list[tuple[str, str]]] = {}
    for phrase, shown in lexicon.evidence.items():
        for name, weight in shown.items():
            if weight == 1.0:
                showing.setdefault(name, []).append((" ".join(phrase), lexicon.written[phrase]))
    return {name: tuple(phrases) for name, phrases in showing.items()}
