"""The weights of the ranking, as one frozen value; the file in `seed/policy` explains each number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resource_hub.inventory.values import AskTerms, ReportKind


def _within(low: float, high: float) -> Any:
    return field(metadata={"low": low, "high": high})


def chance() -> Any:
    """Declare a number that may be a factor: above 0, at most 1."""
    return _within(1e-6, 1)


def length() -> Any:
    """Declare a positive number of days, minutes, kilometres per hour or places."""
    return _within(1e-3, 1e5)


def share() -> Any:
    """Declare a share from 0 to just under 1."""
    return _within(0, 0.99)


@dataclass(frozen=True)
class Fit:
    """How much a service that answers only some of the needs loses."""

    partial: float = share()


@dataclass(frozen=True)
class Decay:
    """Chance that a kind of fact is still right: 1 when just checked, towards `limit` as it ages."""

    half_life_days: float = length()
    limit: float = chance()
    unknown: float = chance()
    importance: float = _within(0, 5)


@dataclass(frozen=True)
class ReportPolicy:
    """Which share of the chance that a listing is right an open report of each kind leaves."""

    closed: float = chance()
    phone: float = chance()
    hours: float = chance()
    address: float = chance()
    eligibility: float = chance()
    other: float = chance()
    changed: float = chance()

    def left(self, kind: ReportKind) -> float:
        """Return the share that a report of a kind leaves."""
        return float(getattr(self, kind.value))


@dataclass(frozen=True)
class AskPolicy:
    """When organizations are asked by mail whether their listings are right; see `AskTerms`."""

    after_days: float = length()
    every_days: float = length()
    open_days: float = length()

    @property
    def terms(self) -> AskTerms:
        """The same as the inventory asks for it."""
        return AskTerms(round(self.after_days), round(self.every_days), round(self.open_days))


@dataclass(frozen=True)
class HoursPolicy:
    """From which age hours are not believed."""

    max_age_days: float = length()


@dataclass(frozen=True)
class Accept:
    """Chance of room and of being accepted, by what was last said; it decays towards `prior`.

    Where nobody counts places each open request multiplies it by `per_open`, together never by less than `open_limit`.
    """

    prior: float = chance()
    half_life_days: float = length()
    capacity: float = chance()
    waitlist: float = chance()
    additional_assessment_required: float = chance()
    no_capacity: float = chance()
    uncounted: float = chance()
    half_places: float = length()
    per_open: float = chance()
    open_limit: float = chance()
    eligibility_unknown: float = chance()
    eligibility_doubtful: float = chance()


@dataclass(frozen=True)
class AcceptancePolicy:
    """How much answers to earlier requests weigh: `strength` and `statement_weight` are numbers of answers."""

    strength: float = length()
    half_life_days: float = length()
    statement_weight: float = length()


@dataclass(frozen=True)
class OutcomesPolicy:
    """How much outcomes and times to an answer weigh: `strength` is a number of them, `weight` which part counts."""

    weight: float = _within(0, 1)
    prior: float = chance()
    answer_days: float = _within(0, 365)
    strength: float = length()


@dataclass(frozen=True)
class Way:
    """One way to travel: kilometres an hour, minutes before and after, and road over straight line."""

    km_per_hour: float = length()
    fixed_minutes: float = _within(0, 240)
    detour: float = _within(1, 5)


@dataclass(frozen=True)
class TravelPolicy:
    """How the way there wears down the will to go."""

    walk: Way
    transit: Way
    drive: Way
    half_minutes: float = length()
    approximate_km: float = _within(0, 50)
    limit: float = chance()
    unknown: float = chance()


@dataclass(frozen=True)
class LanguagePolicy:
    """Chance of getting through when the person's language is not known to be spoken."""

    interpreted: float = chance()
    unknown: float = chance()
    others_only: float = chance()


@dataclass(frozen=True)
class DocumentsPolicy:
    """Chance of coming through with the documents that are asked for."""

    missing: float = chance()
    unknown: float = chance()
    others: float = chance()


@dataclass(frozen=True)
class Timeliness:
    """Worth of help that starts later."""

    half_life_days: float = length()
    limit: float = chance()
    unknown: float = chance()


@dataclass(frozen=True)
class Exposure:
    """Scores that differ by less than the share `margin` are about equal; each of them is first at least so often."""

    margin: float = _within(0, 0.2)
    floor: float = _within(0, 0.5)


@dataclass(frozen=True)
class BasketPolicy:
    """What one more handoff and one more trip cost, in chance of help."""

    handoff: float = share()
    trip: float = share()


@dataclass(frozen=True)
class PricePolicy:
    """How prices of scarce places are learnt, and which share of a row's chance a price takes at most."""

    history_weeks: float = _within(1, 104)
    ahead_weeks: float = _within(0.1, 52)
    least_cases: float = _within(1, 1e5)
    most: float = share()


@dataclass(frozen=True)
class Policy:
    """One version of the weights."""

    version: str
    fit: Fit
    freshness: Mapping[str, Decay]
    reports: ReportPolicy
    ask: AskPolicy
    hours: HoursPolicy
    accept: Accept
    acceptance: AcceptancePolicy
    outcomes: OutcomesPolicy
    travel: TravelPolicy
    language: LanguagePolicy
    documents: DocumentsPolicy
    timeliness: Timeliness
    exposure: Exposure
    basket: BasketPolicy
    price: PricePolicy
