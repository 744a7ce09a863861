"""Finding in plain words: correct the words, understand them, rank the services that answer, say safety first."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from resource_hub.core.errors import Fault
from resource_hub.core.language import Sentence
from resource_hub.core.language import marked as _
from resource_hub.inventory.models import Market
from resource_hub.matching import vocabulary
from resource_hub.matching.errors import BadQuestion
from resource_hub.matching.queries import columns_of
from resource_hub.matching.queries.wordings import places_in, wording_of
from resource_hub.matching.queries.zero import count_zero
from resource_hub.matching.routing import Router
from resource_hub.matching.rules.wording.normal import normalise
from resource_hub.matching.rules.wording.relevance import relevance
from resource_hub.matching.rules.wording.safety import first_rule
from resource_hub.matching.rules.wording.understanding import correct, understand
from resource_hub.matching.rules.wording.why import why
from resource_hub.matching.service import match
from resource_hub.matching.values import Columns, Policy, Query
from resource_hub.matching.values.wording import Found, SafetyRule, Told, Understood, Wording

LONGEST = 200
# What is longer than this before normalising is not even looked at.
_LONGEST_RAW = 10 * LONGEST
# A need that was understood with less is not named.
_NAMED = 0.3
UNKNOWN_NEED = "sdoh-category-unspecified"


def find(
    session: Session,
    market: Market,
    words: str,
    query: Query,
    policy: Policy | None = None,
    *,
    router: Router | None = None,
) -> Found:
    """Rank a market's services for a question in plain words; `query` says the rest, its needs are not read.

    Refuses words that say nothing or are too long. Nothing is written, nothing about the person is kept.
    """
    text, lexicon = _even(words), vocabulary.current()
    wording = wording_of(session, market, lexicon)
    corrected = correct(wording, lexicon, text)
    asked = understand(wording, lexicon, corrected)
    needs = {need: weight for need, weight in asked.needs.items() if weight >= _NAMED}
    columns = columns_of(session, market)
    told = _told(wording, asked, columns, market)
    return Found(
        query=_echo(words),
        corrected=corrected,
        needs=needs,
        safety=first_rule(lexicon.safety, text, corrected),
        ranking=match(session, market, replace(query, needs=tuple(needs)), policy, told=told, router=router),
    )


def danger_in(words: str) -> SafetyRule | None:
    """Return the rule that asks for safety first; refuses words that say nothing or are too long."""
    return first_rule(vocabulary.current().safety, _even(words))


def count_if_nothing(session: Session, market: Market, found: Found) -> bool:
    """Count a search that found nothing, by need and the market's date alone; tell whether it was counted."""
    if found.ranking.matches:
        return False
    day = found.ranking.at.astimezone(ZoneInfo(market.time_zone)).date()
    count_zero(session, market.id, found.needs or (UNKNOWN_NEED,), day)
    return True


def _told(wording: Wording, asked: Understood, columns: Columns, market: Market) -> Told:
    places = places_in(wording, market, columns.listings)
    by_service = np.append(relevance(wording, asked), 0.0)
    return Told(by_service[places], lambda row: why(wording, asked, int(places[row])))


def _even(words: str) -> str:
    text = normalise(words) if len(words) <= _LONGEST_RAW else ""
    if len(words) > _LONGEST_RAW or len(text) > LONGEST:
        raise _bad(Sentence("Use at most %(most)s characters.", most=LONGEST))
    if not text:
        raise _bad(_("Say in a few words what you need."))
    return text


def _echo(words: str) -> str:
    """Return what was typed without signs that are no text."""
    return "".join(sign if sign.isprintable() else " " for sign in words).strip()


def _bad(text: str) -> BadQuestion:
    return BadQuestion(f"query: {text}", faults=(Fault("query", "invalid", text),))
