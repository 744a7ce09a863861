"""Free text that says nothing ("none", "open to everyone"), and papers that are named in words."""

import re

_NOTHING = frozenset({"", "none", "no", "na", "n a", "no restrictions", "no requirements", "none required", "unknown"})
_EVERYBODY = re.compile(
    r"(open to |for |serves |available to )?(the )?(general )?"
    r"(anyone|anybody|everyone|everybody|all|public|any resident|any person|all people|all ages|any age)"
    r"( who needs help| in need| of any age| of all ages)?"
)

_PAPERS = {
    "has_id": re.compile(
        r"\b(photo|picture|state issued|government issued) (id|identification)\b|\bdriver s license\b"
    ),
    "has_proof_of_address": re.compile(r"\bproof of (\w+ )?(address|residence|residency)\b"),
    "has_proof_of_income": re.compile(r"\bproof of (\w+ )?income\b|\bincome verification\b|\bpay stubs?\b"),
}


def says_nothing(text: str | None) -> bool:
    """Tell whether a text states no condition, document or service at all."""
    return _plain(text) in _NOTHING


def says_for_whom(text: str | None) -> bool:
    """Tell whether a text on eligibility states a condition that somebody would have to read."""
    return not says_nothing(text) and not _EVERYBODY.fullmatch(_plain(text))


def papers_in(text: str) -> frozenset[str]:
    """Return the facts that say whether a person has the papers that a text asks for; "" for any other paper.

    Where one of several papers is enough no single one is asked for.
    """
    plain = _plain(text)
    found = frozenset(fact for fact, pattern in _PAPERS.items() if pattern.search(plain))
    return found if found and " or " not in f" {plain} " else frozenset({""})


def _plain(text: str | None) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", (text or "").lower()).split())
