"""A made-up instrument with every way of scoring: shared questions, several choices, a sum with a cut-off."""

from resource_hub.screening.rules.reading import read_instrument

REFUSED = {"code": "refused", "refusal": True}
FREQUENCY = [{"code": f"f{score}", "score": score} for score in range(1, 6)] + [REFUSED]

DOCUMENT: dict[str, object] = {
    "name": "panel",
    "version": "1",
    "answer_sets": {"frequency": FREQUENCY},
    "items": [
        {"code": "home", "answers": [{"code": "steady"}, {"code": "worried"}, {"code": "none"}, REFUSED]},
        {
            "code": "faults",
            "several": True,
            "answers": [{"code": "mold"}, {"code": "leaks"}, {"code": "no-fault"}, REFUSED],
        },
        {"code": "hurt", "answers": "frequency"},
        {"code": "insult", "answers": "frequency"},
        {"code": "threat", "answers": "frequency"},
    ],
    "scoring": [
        {"domain": "housing-instability", "positive": {"home": ["worried"]}},
        {"domain": "homelessness", "positive": {"home": ["none"]}},
        {"domain": "inadequate-housing", "positive": {"faults": ["mold", "leaks"]}},
        {"domain": "intimate-partner-violence", "sum": ["hurt", "insult", "threat"], "at_least": 8},
        {"domain": "stress", "sum": ["insult"], "at_least": 5},
        {"domain": "stress", "positive": {"home": ["none"]}},
    ],
}

PANEL = read_instrument(DOCUMENT)
