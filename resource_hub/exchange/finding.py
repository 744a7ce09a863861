"""What was found for a question in plain words, as the contract of `find --json` and of the web API has it."""

from typing import Any

from resource_hub.core.language import Translate
from resource_hub.exchange.ranking import ranking_json
from resource_hub.matching.values.wording import Found, SafetyRule


def found_json(found: Found, translate: Translate, language: str) -> dict[str, Any]:
    """Return the answer as the contract writes it, its sentences in the reader's language."""
    return {
        "query": found.query,
        "corrected": found.corrected,
        "needs": [{"code": code, "weight": weight} for code, weight in found.needs.items()],
        "safety": _safety(found.safety, language) if found.safety else None,
        "matches": ranking_json(found.ranking, translate)["matches"],
    }


def _safety(rule: SafetyRule, language: str) -> dict[str, Any]:
    return {
        "rule": rule.code,
        "help": [
            {"name": line.name, "phone": line.phone, "text": line.text.get(language, line.text["en"])}
            for line in rule.help
        ],
    }
