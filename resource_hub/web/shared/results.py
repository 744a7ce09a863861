"""Rows of a ranked list in the reader's words, for the portal and the desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from resource_hub.core.language import Translate
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.cards import Card, cards_of
from resource_hub.matching import phrases
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import match
from resource_hub.matching.values import Exclusion, Match, Ranking
from resource_hub.people.rules.least import least
from resource_hub.people.values import SHAREABLE_FIELDS, Basis
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.language import current_translate

MOST_QUESTIONS = 3
SPOKEN = ("language_spoken", "language_interpreted", "language_not_listed", "language_unknown")
REMOTE = ("brought_home", "by_phone", "online")


@dataclass(frozen=True)
class Row:
    """One match with its card, its line of reasons, a sentence for each factor, and what to ask."""

    match: Match
    card: Card
    summary: str
    sentences: Mapping[str, str]
    questions: tuple[str, ...]

    @property
    def remote(self) -> str | None:
        """How the service reaches the person without a way to go, where that is how it was ranked."""
        return next((code for code in REMOTE if code in self._codes), None)

    @property
    def language(self) -> str | None:
        """Whether the person's language is spoken there; None where theirs is not known."""
        return next((code for code in SPOKEN if code in self._codes), None)

    @property
    def shared(self) -> tuple[str, ...]:
        """The fields that a handoff shares unless the person says otherwise."""
        fields = least(Basis.AUTHORIZATION, self.match.needs)
        return tuple(name for name in SHAREABLE_FIELDS if name in fields)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(reason.code for factor in self.match.factors for reason in factor.reasons)


@dataclass(frozen=True)
class Left:
    """A service that is not shown, and why."""

    name: str
    organization: str
    text: str


@dataclass(frozen=True)
class Results:
    """A ranking in words; what is not shown is grouped by its reason."""

    ranking: Ranking
    rows: tuple[Row, ...]
    left: Mapping[str, tuple[Left, ...]]

    @property
    def facts_to_ask(self) -> tuple[str, ...]:
        """The facts nobody has told that decide most of the list; at most three, the first decides most."""
        worth: dict[str, float] = defaultdict(float)
        for row in self.rows:
            for question in row.match.questions:
                if question.stated is None:
                    worth[question.fact] += row.match.score
        return tuple(sorted(worth, key=lambda fact: -worth[fact])[:MOST_QUESTIONS])


def results_of(market: Market, wish: Wish) -> Results:
    """Rank a market's services for a wish, asked now; refuses a wish that cannot be read."""
    work = current_work()
    ranking = match(work.session, market, query_of(wish, market.time_zone, work.now), router=current_hub().router)
    return in_words(work.session, market, ranking, current_translate())


def in_words(session: Session, market: Market, ranking: Ranking, translate: Translate) -> Results:
    """Say a ranking in the reader's words."""
    rows = rows_of(session, market, ranking.matches, translate)
    left: dict[str, tuple[Left, ...]] = {}
    for excluded in ranking.exclusions:
        left[excluded.code] = (*left.get(excluded.code, ()), _left(excluded, translate))
    return Results(ranking, rows, left)


def rows_of(session: Session, market: Market, matches: Sequence[Match], translate: Translate) -> tuple[Row, ...]:
    """Say matches in the reader's words, with their cards."""
    found = cards_of(session, market, [match.listing.service_at_location_id for match in matches])
    return tuple(_row(match, found[match.listing.service_at_location_id], translate) for match in matches)


def _row(match: Match, card: Card, translate: Translate) -> Row:
    return Row(
        match=match,
        card=card,
        summary=phrases.summary(match, translate),
        sentences={factor.code: phrases.sentence(factor, translate) for factor in match.factors},
        questions=tuple(phrases.question(question, translate) for question in match.questions),
    )


def _left(excluded: Exclusion, translate: Translate) -> Left:
    text = phrases.exclusion(excluded, translate)
    return Left(excluded.listing.name, excluded.listing.organization, text)
