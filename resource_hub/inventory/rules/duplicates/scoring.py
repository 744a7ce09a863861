"""The chance that two records are the same place as published, whether that is enough, and why in plain English."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resource_hub.core.language import marked as _
from resource_hub.inventory.rules.duplicates.compare import Agree, Comparison, Where, Words, compare
from resource_hub.inventory.rules.duplicates.fields import Entry, Fields
from resource_hub.inventory.rules.duplicates.reading import read
from resource_hub.inventory.rules.duplicates.weights import WEIGHTS

# From here on two records are said to be the same.
THRESHOLD = 0.6
_MOST_LESS, _MOST_MORE = 2.0, 3.0
_TELLING, _EQUAL, _CLOSE = 1.0, 0.97, 0.75
_HERE_KM, _AWAY_KM = 0.15, 2.0


@dataclass(frozen=True)
class Scored:
    """A judged pair: the chance in [0, 1], whether it is enough, and what spoke for and against."""

    score: float
    same: bool
    reasons: tuple[str, ...]


def score(one: Fields, other: Fields) -> Scored:
    """Judge a pair of records as published."""
    return judge(compare(read(one), read(other)))


def score_entries(one: Entry, other: Entry) -> float:
    """Return only the chance, for many pairs."""
    return _chance(compare(one, other))


def judge(pair: Comparison) -> Scored:
    """Judge a compared pair."""
    chance = round(_chance(pair), 4)
    return Scored(chance, chance >= THRESHOLD, tuple(_reasons(pair)))


def _chance(pair: Comparison) -> float:
    log_odds = sum(WEIGHTS[name] * value for name, value in features(pair).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def features(pair: Comparison) -> Mapping[str, float]:
    """Return what the weights are for."""
    words = pair.words
    telling = words.told >= _TELLING
    here = pair.where in {Where.SAME, Where.OTHER_UNIT}
    equal = pair.has_names and words.alike >= _EQUAL
    found: dict[str, float] = {
        "always": 1.0,
        "alike": words.alike,
        "less": min(words.less, _MOST_LESS),
        "more": min(words.more, _MOST_MORE),
        "parts": words.parts,
        "equal": float(equal),
        "acronym": float(words.acronym and not equal),
        "no_name": float(not pair.has_names),
        f"where_{pair.where}": 1.0,
        f"phone_{pair.phone}": 1.0,
        f"site_{pair.site}": 1.0,
        "generic_elsewhere": float(not telling and not here),
        "alike_elsewhere": words.alike * (pair.where in {Where.OTHER_STREET, Where.OTHER_TOWN}),
    }
    if pair.km is not None:
        found["near"] = float(pair.km <= _HERE_KM)
        found["away"] = float(pair.km >= _AWAY_KM)
    return found


def _reasons(pair: Comparison) -> Iterator[str]:
    yield _name_reason(pair)
    if pair.where is not Where.NOT_SAID:
        yield _WHERE[pair.where]
    if pair.phone in _PHONE:
        yield _PHONE[pair.phone]
    if pair.site in _SITE:
        yield _SITE[pair.site]
    if pair.km is not None and pair.km >= _AWAY_KM:
        yield _("Against: the points on the map are more than 2 km apart.")
    elif pair.km is not None and pair.km <= _HERE_KM:
        yield _("For: the points on the map are the same or next to each other.")


def _name_reason(pair: Comparison) -> str:
    words = pair.words
    if not pair.has_names:
        return _("A name is missing.")
    if words.alike >= _EQUAL:
        if words.told >= _TELLING:
            return _("For: the names are the same but for spelling and order.")
        return _("For: the names are the same. Many places have this name.")
    if words.acronym:
        return _("For: one name holds the initials of the other.")
    return _of_unequal(words)


def _of_unequal(words: Words) -> str:
    if words.parts:
        return _("Against: the names are of parts of one organization, or of one and the whole.")
    if words.told < _TELLING and words.alike >= _CLOSE:
        return _("Against: the names share only words that many names have.")
    if words.told < _TELLING:
        return _("Against: the names are different.")
    if words.less < _TELLING:
        return _("For: one name is the other with more words.")
    return _("Against: the names share words, but each has words of its own.")


_WHERE = {
    Where.SAME: _("For: the street address is the same."),
    Where.OTHER_UNIT: _("For: the building is the same. Against: the units in it differ."),
    Where.NEARLY: _("For: the addresses are nearly the same."),
    Where.SAME_TOWN: _("For: the town is the same; a street is not known for both."),
    Where.OTHER_STREET: _("Against: the street addresses differ."),
    Where.OTHER_TOWN: _("Against: the towns differ."),
}
_PHONE = {
    Agree.SAME: _("For: the phone number is the same."),
    Agree.SHARED: _("For: the toll-free number is the same, which places of one organization often share."),
    Agree.OTHER: _("Against: the phone numbers differ."),
}
_SITE = {
    Agree.SAME: _("For: the website is the same."),
    Agree.SHARED: _("For: the websites are on one host."),
    Agree.OTHER: _("Against: the websites differ."),
}
