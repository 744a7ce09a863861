"""Two records field by field: how alike the names are, and what addresses, phones, websites and points say."""

import math
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from resource_hub.inventory.rules.duplicates.addresses import DIRECTIONS, KINDS
from resource_hub.inventory.rules.duplicates.contacts import is_toll_free
from resource_hub.inventory.rules.duplicates.fields import Entry, Name, Site, Street

_ALIKE, _SHORTEST_FUZZY = 0.86, 4
_TOWN_WEIGHT = 0.15
_MOST_WORDS_OF_ACRONYM = 3
_KM_PER_DEGREE = 111.2
_NEAR_NUMBERS, _SHORT_NUMBER, _STATE_CODE = 30, 3, 2


class Where(StrEnum):
    """What the addresses of two records say of each other."""

    SAME = "same"
    OTHER_UNIT = "other_unit"
    NEARLY = "nearly"
    NOT_SAID = "not_said"
    SAME_TOWN = "same_town"
    OTHER_STREET = "other_street"
    OTHER_TOWN = "other_town"


class Agree(StrEnum):
    """What a field says that both records have, or not."""

    SAME = "same"
    SHARED = "shared"
    NOT_SAID = "not_said"
    OTHER = "other"


@dataclass(frozen=True)
class Words:
    """What two names have in common, and what only one of them has, in weights of words (1 is a word that tells).

    `less` is what the name with fewer words of its own has, `more` the other. `parts` is 1 where each names another
    part of an organization, and a half where only one of them does.
    """

    shared: float
    told: float
    less: float
    more: float
    acronym: bool = False
    parts: float = 0.0

    @property
    def alike(self) -> float:
        """How alike the names are, from 0 to 1."""
        whole = 2 * self.shared + self.less + self.more
        return 2 * self.shared / whole if whole else 0.0


# “POTS” and “Part of the Solution”.
_ACRONYM = Words(shared=1.5, told=1.0, less=0.0, more=1.0, acronym=True)


@dataclass(frozen=True)
class Comparison:
    """Everything that is known about a pair."""

    words: Words
    has_names: bool
    where: Where
    phone: Agree
    site: Agree
    km: float | None


def compare(one: Entry, other: Entry) -> Comparison:
    """Compare two records."""
    return Comparison(
        words=compare_names(one.name, other.name, frozenset(f"{one.city} {other.city}".split())),
        has_names=bool(one.name.words and other.name.words),
        where=_where(one, other),
        phone=_phone(one.phones, other.phones),
        site=_site(one.site, other.site),
        km=_km(one.point, other.point),
    )


def compare_names(one: Name, other: Name, town: frozenset[str] = frozenset()) -> Words:
    """Compare two names word by word, in any order; a word of the town tells little where only one name has it."""
    if one.joined and one.joined == other.joined:
        # Also “food bank” and “foodbank”.
        weights = one.weights if len(one.words) >= len(other.words) else other.weights
        return Words(sum(weights), sum(weight for weight in weights if weight >= 1), 0, 0)
    if _is_acronym(one, other) or _is_acronym(other, one):
        return _ACRONYM
    if one.words > other.words:
        # A word takes the first best partner, so that the order of the names must not matter.
        one, other = other, one
    left = dict(zip(other.words, other.weights, strict=True))
    shared = told = only_one = 0.0
    for word, weight in zip(one.words, one.weights, strict=True):
        partner, likeness = _partner(word, left)
        if partner is None:
            only_one += _TOWN_WEIGHT * weight if word in town else weight
            continue
        both = (weight + left.pop(partner)) / 2
        shared += both * likeness
        told += both * likeness if both >= 1 else 0
    only_other = sum(_TOWN_WEIGHT * weight if word in town else weight for word, weight in left.items())
    parts = _parts(one.part - town, other.part - town)
    return Words(shared, told, min(only_one, only_other), max(only_one, only_other), parts=parts)


def _parts(one: frozenset[str], other: frozenset[str]) -> float:
    if not one ^ other:
        return 0.0
    return 1.0 if one - other and other - one else 0.5


def _partner(word: str, left: dict[str, float]) -> tuple[str | None, float]:
    if word in left:
        return word, 1.0
    if len(word) < _SHORTEST_FUZZY or word.isdigit():
        return None, 0.0
    best, found = 0.0, None
    for candidate in left:
        if len(candidate) < _SHORTEST_FUZZY or candidate.isdigit():
            continue
        likeness = _likeness(word, candidate)
        if likeness > best:
            best, found = likeness, candidate
    return (found, best) if best >= _ALIKE else (None, 0.0)


def _likeness(word: str, candidate: str) -> float:
    # Short words must be nearly the same: “north” is not “worth”.
    if OSA.distance(word, candidate, score_cutoff=2) > (1 if len(word) < 2 * _SHORTEST_FUZZY else 2):
        return 0.0
    if len(word) <= _SHORTEST_FUZZY and word[0] != candidate[0]:
        return 0.0
    return JaroWinkler.similarity(word, candidate)


def _is_acronym(short: Name, long: Name) -> bool:
    return len(long.words) > len(short.words) <= _MOST_WORDS_OF_ACRONYM and not long.initials.isdisjoint(short.acronyms)


def _where(one: Entry, other: Entry) -> Where:
    far = _far(one, other)
    if not one.street.is_known or not other.street.is_known or one.street.box or other.street.box:
        if one.street.box and one.street.box == other.street.box and far is not True:
            return Where.NEARLY
        return {True: Where.OTHER_TOWN, False: Where.SAME_TOWN, None: Where.NOT_SAID}[far]
    street = _street(one.street, other.street)
    if far and street is not Where.SAME and street is not Where.OTHER_UNIT:
        return Where.OTHER_TOWN
    # The same street and number in another region is another place; one wrong digit of a ZIP Code is not.
    if far and _states_differ(one, other):
        return Where.OTHER_TOWN
    return Where.OTHER_TOWN if far and one.zip[:3] != other.zip[:3] else street


def _far(one: Entry, other: Entry) -> bool | None:
    """Return whether the towns are different ones; None where that is not said."""
    if _states_differ(one, other):
        return True
    if one.zip and other.zip:
        return one.zip != other.zip and not (one.city and one.city == other.city)
    if one.city and other.city:
        return Levenshtein.normalized_similarity(one.city, other.city) < _ALIKE
    return None


def _states_differ(one: Entry, other: Entry) -> bool:
    return len(one.state) == len(other.state) == _STATE_CODE and one.state != other.state


def _street(one: Street, other: Street) -> Where:
    alike = _same_street(one.words, other.words)
    if not alike:
        return Where.OTHER_STREET
    if one.number == other.number and one.number:
        differ = one.unit and other.unit and one.unit != other.unit
        return Where.OTHER_UNIT if differ else Where.SAME
    if not one.number or not other.number:
        return Where.NEARLY
    return Where.NEARLY if _near_numbers(one.number, other.number) else Where.OTHER_STREET


def _same_street(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = _telling(one), _telling(other)
    if not first or not second:
        return one == other
    if Levenshtein.normalized_similarity(" ".join(first), " ".join(second)) >= _ALIKE:
        return _compatible(one, other, DIRECTIONS)
    shorter, longer = sorted((first, second), key=len)
    return longer[: len(shorter)] == shorter and _compatible(one, other, DIRECTIONS)


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in DIRECTIONS | KINDS) or words


def _compatible(one: tuple[str, ...], other: tuple[str, ...], kinds: frozenset[str]) -> bool:
    first, second = kinds.intersection(one), kinds.intersection(other)
    return not first or not second or bool(first & second)


def _near_numbers(one: str, other: str) -> bool:
    if not one.isdigit() or not other.isdigit():
        return False
    return abs(int(one[:9]) - int(other[:9])) <= _NEAR_NUMBERS or (
        len(one) == len(other) > _SHORT_NUMBER and Levenshtein.distance(one, other) == 1
    )


def _phone(one: frozenset[str], other: frozenset[str]) -> Agree:
    if not one or not other:
        return Agree.NOT_SAID
    both = one & other
    if not both:
        return Agree.OTHER
    return Agree.SHARED if all(map(is_toll_free, both)) else Agree.SAME


def _site(one: Site, other: Site) -> Agree:
    if not one.host or not other.host:
        return Agree.NOT_SAID
    if one.host != other.host:
        return Agree.NOT_SAID if one.shared or other.shared else Agree.OTHER
    if one.path == other.path and one.path:
        return Agree.SAME
    if one.shared:
        return Agree.OTHER if one.path and other.path else Agree.SHARED
    return Agree.SAME if one.path == other.path else Agree.SHARED


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    if one is None or other is None:
        return None
    north = (one[0] - other[0]) * _KM_PER_DEGREE
    east = (one[1] - other[1]) * _KM_PER_DEGREE * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)
