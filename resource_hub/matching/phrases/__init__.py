"""The words of the ranking: a sentence for each factor, exclusion and question, and one line of reasons for a card."""

from resource_hub.matching.phrases.conditions import exclusion, question
from resource_hub.matching.phrases.factors import sentence, summary

__all__ = ["exclusion", "question", "sentence", "summary"]
