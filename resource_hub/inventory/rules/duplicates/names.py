"""Names of organizations and places: the words that count, in one spelling, and how much each of them tells."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from resource_hub.inventory.rules.duplicates.fields import LONGEST_FIELD, Name

MOST_WORDS = 24
_SHORTEST_ACRONYM, _SHORTEST_PLURAL = 3, 4
_PARTS = re.compile(r"[.,;:]+\s+|\s*:+\s*|\s+[-–—]+\s*|[-–—]+\s+")

_STOP_WORDS = (
    "a an and at by for from in of on or the to with inc incorporated llc llp ltd limited corp corporation company pc "
    "nfp pllc plc de del la los las el y"
)
_STOP = frozenset(_STOP_WORDS.split())
_SPELT = {
    "saint": "st",
    "sainte": "st",
    "mount": "mt",
    "fort": "ft",
    "dept": "department",
    "depts": "department",
    "dpt": "department",
    "ctr": "center",
    "cntr": "center",
    "centre": "center",
    "svc": "service",
    "svcs": "service",
    "serv": "service",
    "soc": "social",
    "natl": "national",
    "assn": "association",
    "assoc": "association",
    "asst": "assistance",
    "co": "county",
    "cnty": "county",
    "comm": "community",
    "cmty": "community",
    "cmm": "community",
    "commty": "community",
    "univ": "university",
    "hosp": "hospital",
    "intl": "international",
    "org": "organization",
    "fdn": "foundation",
    "govt": "government",
    "admin": "administration",
    "balto": "baltimore",
    "ministries": "ministry",
    "charities": "charity",
    "families": "family",
    "pantries": "pantry",
    "communities": "community",
    "libraries": "library",
    "bldg": "building",
    "nbhd": "neighborhood",
    "mgmt": "management",
    "rehab": "rehabilitation",
    "info": "information",
    "prog": "program",
    "programme": "program",
    "ed": "education",
    "dist": "district",
    "div": "division",
    "off": "office",
    "sr": "senior",
    "jr": "junior",
}
_SPELT_OUT = {
    "umc": ("united", "methodist", "church"),
    "sda": ("seventh", "day", "adventist"),
    "ame": ("african", "methodist", "episcopal"),
    "svdp": ("st", "vincent", "paul"),
    "dss": ("department", "social", "service"),
    "cogic": ("church", "god", "christ"),
    "foodbank": ("food", "bank"),
    "foodshelf": ("food", "shelf"),
}
# What is done there. Another word of these is another service of the same place more often than another place.
_ACTIVITY_WORDS = (
    "pantry food program service soup kitchen meal site direct distribution mobile market emergency brown bag free "
    "choice cupboard shelf feeding child drop pop dinner lunch breakfast location grocery dd fp sk"
)
_ACTIVITY = frozenset(_ACTIVITY_WORDS.split())
# What kind of thing it is: shared by many names.
_KIND_WORDS = (
    "church center community ministry county city office department health family social outreach mission association "
    "foundation group society council house home baptist methodist united first lutheran catholic school library main "
    "branch senior help st mt new christian center project bank administration public district area education college "
    "university hospital clinic parish temple chapel fellowship assembly god christ neighborhood resident human care "
    "adult youth children national international american presbyterian episcopal pentecostal holy life second north "
    "south east west northern southern eastern western central region division unit organization coalition housing "
    "authority institute academy african club aid support information management"
)
_KIND = frozenset(_KIND_WORDS.split())
# Behind a comma these name no part of an organization but the organization itself.
_NO_PART_WORDS = "administration headquarter main office central"
_NO_PART = frozenset(_NO_PART_WORDS.split())
ACTIVITY_WEIGHT, KIND_WEIGHT = 0.15, 0.4


@lru_cache(maxsize=65_536)
def read_name(text: str) -> Name:
    """Read a name: capitals, accents, signs, legal forms, plurals and usual short forms make no difference."""
    head, *tails = [part for part in _PARTS.split(unescape(text[:LONGEST_FIELD])) if part.strip()] or [""]
    if tails and all(word in _ACTIVITY for word in _kept(head)):
        # “Child meal site: Holy Cross Church” is the church's name.
        head, *tails = tails
    raw = _words(" ".join((head, *tails)))
    kept = [word for word in raw if word not in _STOP] or raw
    words = _spelt(kept)
    initials = {"".join(word[0] for word in kind) for kind in (raw, kept) if len(kind) >= _SHORTEST_ACRONYM}
    return Name(
        words=words,
        weights=tuple(map(weight_of, words)),
        joined="".join(words),
        initials=frozenset(initials),
        acronyms=frozenset(word for word in kept if len(word) >= _SHORTEST_ACRONYM),
        part=frozenset(word for word in _spelt(_kept(" ".join(tails))) if word not in _ACTIVITY | _NO_PART),
    )


def plain(text: str) -> str:
    """Return a text in lower case and without accents."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def _words(text: str) -> list[str]:
    text = plain(text.replace("’", "'").replace("&", " and "))
    # L.L.C. is one word, and so is Mary's.
    text = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", text).replace("'", "")
    return re.findall(r"[a-z0-9]+", text)


def _kept(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _STOP]


def _spelt(words: list[str]) -> tuple[str, ...]:
    return tuple(part for word in words for part in _SPELT_OUT.get(word) or (_singular(word),))[:MOST_WORDS]


def _singular(word: str) -> str:
    word = _SPELT.get(word, word)
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return _SPELT.get(word[:-1], word[:-1]) if is_plural else word


def weight_of(word: str) -> float:
    """Return how much a word of a name tells, from 0 to 1."""
    if word in _ACTIVITY:
        return ACTIVITY_WEIGHT
    return KIND_WEIGHT if word in _KIND else 1.0
