"""Suggesting needs for the services of a market that have none, and writing the suggestions down for a steward."""

from datetime import timedelta

import numpy as np
from sqlalchemy import exists, select

from resource_hub.accounts.work import Work
from resource_hub.core.codes import NEEDS
from resource_hub.inventory.models import Market, Service, SuggestionRun
from resource_hub.inventory.service.suggestions import claim_run, store_suggestions
from resource_hub.inventory.values import NeedSuggestion
from resource_hub.matching import vocabulary
from resource_hub.matching.queries.texts import texts_of
from resource_hub.matching.suggesting.because import because, phrases_for
from resource_hub.matching.suggesting.classifier import judge
from resource_hub.matching.suggesting.features import features
from resource_hub.matching.values.wording import Text

EVERY = timedelta(hours=20)
# Less probable ones would only be a burden to read.
LEAST = 0.05


def markets_due(work: Work) -> list[Market]:
    """Return the markets with services whose inventory changed since it was looked through, a night ago or more."""
    seen = exists().where(
        SuggestionRun.market_id == Market.id,
        (SuggestionRun.revision == Market.revision) | (SuggestionRun.ran_at > work.now - EVERY),
    )
    listed = exists().where(Service.market_id == Market.id)
    return list(work.session.scalars(select(Market).where(listed, ~seen).order_by(Market.id)))


def suggest_needs(work: Work, market: Market) -> list[NeedSuggestion]:
    """Return the needs that services without any seem to answer, the most probable first. Nothing is written."""
    return suggest(texts_of(work.session, market.id))


def suggest(texts: tuple[Text, ...]) -> list[NeedSuggestion]:
    """Learn from the texts that carry needs, or terms that answer none, and judge those that carry no need."""
    wanted = [row for row, text in enumerate(texts) if not text.needs]
    if not wanted:
        return []
    lexicon = vocabulary.current()
    known = features(lexicon, texts)
    labelled = np.array([row for row, text in enumerate(texts) if text.needs or text.terms], dtype=np.int64)
    answers = np.array([[need in dict(texts[row].needs) for need in NEEDS] for row in labelled], dtype=np.bool_)
    judged = judge(known, labelled, answers.reshape(-1, len(NEEDS)))
    ours = phrases_for(lexicon)
    found = [
        NeedSuggestion(
            texts[row].service_id,
            need,
            round(float(judged.probability[row, column]), 4),
            because(known, judged.weights[column], row, texts[row], ours[need]),
        )
        for row in wanted
        for column, need in enumerate(NEEDS)
        if judged.probability[row, column] >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.probability, one.service_id, one.need))


def store(work: Work, market: Market, found: list[NeedSuggestion]) -> bool:
    """Write suggestions down for the market's stewards, in place of those still open.

    Returns False, and writes nothing, where somebody else looked the market through meanwhile.
    """
    if not claim_run(work, market, work.now - EVERY):
        return False
    store_suggestions(work, market, found)
    return True
