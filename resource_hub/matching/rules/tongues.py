"""Languages as feeds write them: a tag, or a name in English."""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

_TAG = re.compile(r"[a-z]{2,3}")


def tag_of(code: str | None, name: str | None) -> str | None:
    """Return the primary tag of a language; None where neither code nor name says which it is."""
    primary = (code or "").strip().lower().replace("_", "-").partition("-")[0]
    if _TAG.fullmatch(primary):
        return primary
    return _tags().get((name or code or "").strip().lower())


@lru_cache(maxsize=1)
def _tags() -> Mapping[str, str]:
    names = Locale("en").languages
    return {str(name).lower(): str(tag) for tag, name in names.items() if "_" not in str(tag)} | {
        "mandarin": "zh",
        "cantonese": "zh",
        "farsi": "fa",
        "american sign language": "ase",
        "asl": "ase",
    }
