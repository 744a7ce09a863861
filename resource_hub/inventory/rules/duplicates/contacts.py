"""Telephone numbers and websites in the form that is compared."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers

from resource_hub.inventory.rules.duplicates.fields import LONGEST_FIELD, Site

_MOST_PHONES = 4
# The usual forms of one number; everything else is read by the library, which takes its time.
_ONE_NUMBER = re.compile(r"\s*(?:\+?1[-. ]*)?\(?([2-9]\d{2})\)?[-. ]*([2-9]\d{2})[-. ]*(\d{4})\s*")
_DIGITS = 10
# Hosts where each organization has a page, and hosts of whole states.
_SHARED_HOSTS_WORDS = (
    "facebook.com m.facebook.com twitter.com x.com instagram.com linkedin.com youtube.com sites.google.com google.com "
    "goo.gl bit.ly wordpress.com blogspot.com wixsite.com weebly.com squarespace.com yelp.com linktr.ee eventbrite.com "
    "localharvest.org foodpantries.org homestead.com tripod.com angelfire.com meetup.com"
)
_SHARED_HOSTS = frozenset(_SHARED_HOSTS_WORDS.split())
_SHARED_ENDS = (".wordpress.com", ".blogspot.com", ".wixsite.com", ".weebly.com", ".homestead.com")
_TOLL_FREE_WORDS = "800 833 844 855 866 877 888"
_TOLL_FREE = frozenset(_TOLL_FREE_WORDS.split())
_PARTS_OF_STATE_HOST = 3


@lru_cache(maxsize=65_536)
def read_phones(text: str) -> frozenset[str]:
    """Return the national numbers in a text, without extensions."""
    if plain := _ONE_NUMBER.fullmatch(text[:LONGEST_FIELD]):
        return frozenset({"".join(plain.groups())})
    found = [
        str(match.number.national_number)
        for match in phonenumbers.PhoneNumberMatcher(text[:LONGEST_FIELD], "US", phonenumbers.Leniency.POSSIBLE)
    ]
    if not found:
        digits = re.sub(r"\D", "", text[:LONGEST_FIELD]).removeprefix("1")
        found = [digits[:_DIGITS]] if len(digits) >= _DIGITS else []
    return frozenset(found[:_MOST_PHONES])


def is_toll_free(number: str) -> bool:
    """Return whether a number is one that whole chains share."""
    return number[:3] in _TOLL_FREE


@lru_cache(maxsize=65_536)
def read_site(text: str) -> Site:
    """Return host and path of an address of the web; http, https, www and a slash at the end make no difference."""
    text = text[:LONGEST_FIELD].strip().lower()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = parts.hostname or ""
    except ValueError:
        return Site()
    host = re.sub(r"^w+\d?\.", "", host)
    if "." not in host or " " in host:
        return Site()
    path = re.sub(r"/(?:index|default|home)\.\w+$", "", parts.path).strip("/")
    return Site(host, path, _is_shared(host))


def _is_shared(host: str) -> bool:
    # A state's or county's host (fha.state.md.us, co.ha.md.us) is that of all its offices.
    is_state = host.endswith(".us") and host.count(".") >= _PARTS_OF_STATE_HOST - 1
    return host in _SHARED_HOSTS or host.endswith(_SHARED_ENDS) or is_state or host.endswith(".gov")
