"""Why a service answers a question in words."""

from resource_hub.matching.rules.wording.relevance import mentioned
from resource_hub.matching.values.ranking import Reason
from resource_hub.matching.values.wording import Understood, Wording


def why(wording: Wording, asked: Understood, place: int) -> tuple[Reason, ...]:
    """Say which words of the listing answer; `place` is the service's place in the index."""
    words = mentioned(wording, asked, place)
    return (Reason("mentions", {"words": words}) if words else Reason("near_words"),)
