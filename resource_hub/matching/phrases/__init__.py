"""The words of the ranking: a sentence for each part of it, and one line of reasons for a card."""

from resource_hub.matching.phrases.baskets import basket
from resource_hub.matching.phrases.changes import change
from resource_hub.matching.phrases.conditions import exclusion, question
from resource_hub.matching.phrases.factors import price, sentence, summary
from resource_hub.matching.phrases.ward import ward

__all__ = ["basket", "change", "exclusion", "price", "question", "sentence", "summary", "ward"]
