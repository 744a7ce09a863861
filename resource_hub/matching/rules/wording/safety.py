"""Safety first: explicit rules over the words, nothing learnt or guessed."""

from collections.abc import Iterable

from resource_hub.matching.values.wording import SafetyRule


def first_rule(rules: Iterable[SafetyRule], *texts: str) -> SafetyRule | None:
    """Return the first rule that speaks about one of the normalised texts (as typed, as corrected)."""
    for rule in rules:
        if any(rule.says.search(text) for text in texts) and not any(rule.unless.search(text) for text in texts):
            return rule
    return None
