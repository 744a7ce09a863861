"""The services of a made-up market: what their listings say, and what is so."""

from dataclasses import dataclass

import numpy as np

from resource_hub.evaluation.simulation.assumptions import Assumed, NeedKind, Size
from resource_hub.evaluation.simulation.places import Stock, make_stock
from resource_hub.matching.values.columns import FACT_KINDS, Bools, Floats, Ints

# A city of some kilometres with a ring of country around it; the share of services in the country.
CITY_KM, NEAR_KM, FAR_KM, RURAL_SERVICES = 4.0, 12.0, 45.0, 0.12
_SERVICES_EACH = 2.5
# What a service is for has weight 1, what it helps with too the crosswalk's lower weights; some only help too.
_ONLY_ALSO, _ALSO_TOO = 0.25, 0.4
_ALSO = (0.5, 0.6, 0.7, 0.8)
_SAID_RIGHT = 0.8
_INTERPRETED = 0.25
_HOURS_SAID = 0.85
# Open on weekdays, on three days, or on one.
_WEEKS = np.array([[1, 1, 1, 1, 1, 0, 0], [1, 0, 1, 0, 1, 0, 0], [0, 1, 0, 1, 0, 1, 0], [0, 0, 0, 1, 0, 0, 0]]) > 0
_WEEK_SHARES = (0.45, 0.2, 0.15, 0.2)
# Words that a listing shares with what people say of a need, out of so many, where it is for that need and where not.
_WORDS, _WORD_FOR, _WORD_ELSE = 4, 0.6, 0.06


@dataclass(frozen=True)
class Ageing:
    """When each kind of fact was checked and goes wrong, in days; columns as in `FACT_KINDS`.

    A listing is checked a second time on `again`, which mends it, and may then go wrong once more.
    """

    checked: Floats
    wrong_from: Floats
    again: Floats
    wrong_again: Floats

    def wrong(self, day: float, service: int) -> Bools:
        """Return which facts about a service are wrong on a day."""
        since = self.wrong_again if self.again[service, 0] <= day else self.wrong_from
        wrong: Bools = since[service] <= day
        return wrong

    def checked_by(self, day: float) -> Floats:
        """Return the last day, up to a day, on which each fact was checked."""
        return np.where(self.again <= day, self.again, self.checked)


@dataclass(frozen=True)
class Services:
    """One entry per service. `weights` (listed) and `meets` (true) have a column per kind of need.

    `rule` is the number of a condition in `listed.CONDITIONS`, -1 where there is none; `applied` says that it is so.
    `east` and `north` are kilometres from the middle of the city.
    """

    organization: Ints
    name_order: Ints
    east: Floats
    north: Floats
    rural: Bools
    remote: Bools
    weights: Floats
    meets: Bools
    words: Ints
    ageing: Ageing
    listed_week: Bools
    true_week: Bools
    hours_said: Bools
    rule: Ints
    approved: Bools
    applied: Bools
    only_near: Bools
    asks_id: Bools
    spanish: Bools
    spanish_said: Bools
    languages_said: Bools
    interpreted: Bools
    answered: Floats
    answer_days: Floats
    stock: Stock

    def __len__(self) -> int:
        """Return how many services there are."""
        return len(self.organization)


def make_services(
    assumed: Assumed, needs: tuple[NeedKind, ...], size: Size, conditions: int, rng: np.random.Generator
) -> Services:
    """Make up the services of a market."""
    count, listings = size.services, assumed.listings
    weights, meets = _labels(assumed, needs, count, rng)
    organization = rng.integers(max(1, round(count / _SERVICES_EACH)), size=count)
    rural = rng.random(count) < RURAL_SERVICES
    east, north = scattered(rural, rng)
    approved = rng.random(count) < listings.approved
    spanish, said = rng.random(count) < listings.spanish, rng.random(count) < listings.languages_said
    scarce = np.array([kind.scarce for kind in needs])[weights.argmax(axis=1)]
    return Services(
        organization=organization,
        name_order=rng.permutation(count),
        east=east,
        north=north,
        rural=rural,
        remote=rng.random(count) < listings.remote,
        weights=weights,
        meets=meets,
        words=rng.binomial(_WORDS, np.where(meets, _WORD_FOR, _WORD_ELSE)),
        ageing=_ageing(assumed, size, rng),
        listed_week=_weeks(count, rng),
        true_week=_weeks(count, rng),
        hours_said=rng.random(count) < _HOURS_SAID,
        rule=np.where(rng.random(count) < listings.rules, rng.integers(conditions, size=count), -1),
        approved=approved,
        applied=approved | (rng.random(count) >= listings.guessed_wrong),
        only_near=rng.random(count) < listings.only_near,
        asks_id=rng.random(count) < listings.asks_id,
        spanish=spanish,
        spanish_said=spanish & said & (rng.random(count) < _SAID_RIGHT),
        languages_said=said,
        interpreted=said & (rng.random(count) < _INTERPRETED),
        answered=_answered(assumed, organization, rng),
        answer_days=rng.exponential(assumed.answers.days, int(organization.max()) + 1)[organization],
        stock=make_stock(assumed.room, scarce, size, rng),
    )


def scattered(rural: Bools, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return kilometres east and north of the middle: normal in the city, even by distance in the ring around it."""
    count = len(rural)
    angle = rng.uniform(0, 2 * np.pi, count)
    city, ring = CITY_KM * np.sqrt(-2 * np.log(rng.random(count))), rng.uniform(NEAR_KM, FAR_KM, count)
    away = np.where(rural, ring, city)
    return away * np.cos(angle), away * np.sin(angle)


def _labels(
    assumed: Assumed, needs: tuple[NeedKind, ...], count: int, rng: np.random.Generator
) -> tuple[Floats, Bools]:
    """Return the weights of the need labels, and which of them hold."""
    evenly = np.array([kind.share**0.5 for kind in needs])
    weights = np.where(
        rng.random((count, len(needs))) < _ALSO_TOO / (len(needs) - 1), rng.choice(_ALSO, (count, len(needs))), 0.0
    )
    first = rng.choice(len(needs), size=count, p=evenly / evenly.sum())
    weights[np.arange(count), first] = np.where(rng.random(count) < _ONLY_ALSO, rng.choice(_ALSO, count), 1.0)
    holds = np.where(weights == 1, assumed.listings.main_holds, assumed.listings.also_holds)
    return weights, (weights > 0) & (rng.random((count, len(needs))) < holds)


def _ageing(assumed: Assumed, size: Size, rng: np.random.Generator) -> Ageing:
    listings, shape = assumed.listings, (size.services, len(FACT_KINDS))
    age = np.broadcast_to(listings.checked_days * np.exp(rng.normal(0, 0.7, size.services))[:, None], shape)
    wrong = np.array([getattr(listings, f"{kind}_wrong") for kind in FACT_KINDS])
    # At the median age the wanted share is wrong.
    scale = listings.checked_days / (-np.log1p(-wrong)) ** (1 / listings.ageing)
    again = rng.exponential(7 / listings.checked_a_week, size.services)[:, None] + np.zeros(shape)
    lasts, lasts_again = (scale * rng.weibull(listings.ageing, shape) for _ in range(2))
    return Ageing(-age, lasts - age, again, again + lasts_again)


def _answered(assumed: Assumed, organization: Ints, rng: np.random.Generator) -> Floats:
    odds = np.log(assumed.answers.answered / (1 - assumed.answers.answered))
    return logistic(odds + assumed.answers.spread * rng.normal(size=int(organization.max()) + 1))[organization]


def _weeks(count: int, rng: np.random.Generator) -> Bools:
    return _WEEKS[rng.choice(len(_WEEKS), size=count, p=_WEEK_SHARES)]


def logistic(odds: Floats) -> Floats:
    """Return the chance of log odds."""
    chance: Floats = 1 / (1 + np.exp(-odds))
    return chance
