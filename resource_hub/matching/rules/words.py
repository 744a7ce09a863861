"""Free text that says nothing: "none", "open to everyone"."""

import re

_NOTHING = frozenset({"", "none", "no", "na", "n a", "no restrictions", "no requirements", "none required", "unknown"})
_EVERYBODY = re.compile(
    r"(open to |for |serves |available to )?(the )?(general )?"
    r"(anyone|anybody|everyone|everybody|all|public|any resident|any person|all people|all ages|any age)"
    r"( who needs help| in need| of any age| of all ages)?"
)


def says_nothing(text: str | None) -> bool:
    """Tell whether a text states no condition, document or service at all."""
    return _plain(text) in _NOTHING


def says_for_whom(text: str | None) -> bool:
    """Tell whether a text on eligibility states a condition that somebody would have to read."""
    return not says_nothing(text) and not _EVERYBODY.fullmatch(_plain(text))


def _plain(text: str | None) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", (text or "").lower()).split())
