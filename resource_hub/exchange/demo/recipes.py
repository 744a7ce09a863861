"""The recipes of `seed/demo`, read once. What each line means is said in docs/demo.md."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resource_hub.core.codes import FactValue
from resource_hub.core.paths import bundled

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Area:
    """A part of a market: its ZIP Codes and streets. Without a city each ZIP Code has its own."""

    name: str
    city: str
    weight: float
    area_code: str
    zips: Sequence[str]
    streets: Sequence[str]


@dataclass(frozen=True)
class MarketRecipe:
    """A market; its organizations stand within `scatter_km` of the centres of its ZIP Codes."""

    slug: str
    name: str
    state: str
    time_zone: str
    counties: Sequence[str]
    scatter_km: float
    houses: Sequence[int]
    words: Sequence[str]
    languages: Mapping[str, float]
    areas: Sequence[Area]
    names: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class OrganizationRecipe:
    """A kind of organization and the services it has."""

    counts: Mapping[str, int]
    nouns: Sequence[str]
    about: str
    core: Sequence[str]
    extra: Sequence[str]
    extras: Sequence[int]


@dataclass(frozen=True)
class ServiceRecipe:
    """A kind of service. Lists are what is drawn from; `confidential` is how often its place is kept secret."""

    names: Sequence[str]
    spanish: str
    what: Sequence[str]
    more: Sequence[str]
    needs: Mapping[str, float]
    who: Sequence[str]
    hours: Sequence[str]
    documents: Sequence[str]
    modes: Sequence[Sequence[str]]
    area: Sequence[str]
    apply: Sequence[str]
    room: str
    unit: str | None = None
    maximum: Sequence[int] = ()
    fees: Sequence[str] = ("free",)
    places: int = 1
    wait_time: Sequence[str] = ()
    confidential: float = 0.0
    many_languages: bool = False


@dataclass(frozen=True)
class HoursRecipe:
    """A pattern of hours; a `season` is two days of the year."""

    rules: Sequence[Mapping[str, str]]
    season: Sequence[str] = ()
    note: str | None = None
    shift: bool = False
    holidays: bool = False


@dataclass(frozen=True)
class WhoRecipe:
    """For whom: the words, and the alternatives of conditions that stand beside them."""

    text: str | None = None
    rules: Sequence[Sequence[Sequence[Any]]] = ()
    status: str = "approved"
    minimum_age: float | None = None
    maximum_age: float | None = None


@dataclass(frozen=True)
class AccountRecipe:
    """A demo account; a partner's organization is named by its key in the first of the markets."""

    email: str
    name: str
    role: str
    password: str
    markets: Sequence[str]
    organization: str | None = None


@dataclass(frozen=True)
class StepRecipe:
    """A step of a handoff, `ago` days before; without `by` the referrer wrote it down for the organization."""

    to: str
    ago: float
    by: str | None = None
    reason: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class HandoffRecipe:
    """A handoff asked for `ago` days before; `to` is the key of a service, `outcome` what was reported of it."""

    to: str
    needs: Sequence[str]
    ago: float
    urgency: str = "routine"
    note: str = ""
    steps: Sequence[StepRecipe] = ()
    outcome: Table | None = None


@dataclass(frozen=True)
class EpisodeRecipe:
    """An episode opened `opened` days before, for a discharge planned `leaves` days after the demo is loaded.

    `left` and `back` are how many days before the person left, and came back from a facility. `doctor` says where the
    visit to the physician stands, and in how many days it is.
    """

    opened: float
    leaves: int
    left: float | None = None
    back: float | None = None
    destination: str = "home"
    place: str = ""
    contacts: Sequence[Table] = ()
    assessed: float | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    doctor: Table | None = None


@dataclass(frozen=True)
class PersonRecipe:
    """An invented person, added `added` days before by a demo account; with `wants` they were screened as well."""

    market: str
    by: str
    name: str
    record_number: str
    age: int
    zip: str
    language: str
    added: float
    facts: Mapping[str, FactValue]
    routes: Sequence[Table]
    risks: Sequence[str] = ()
    refused: Sequence[str] = ()
    wants: Mapping[str, str] = field(default_factory=dict)
    handoffs: Sequence[HandoffRecipe] = ()
    episode: EpisodeRecipe | None = None


@dataclass(frozen=True)
class Recipes:
    """All recipes together."""

    markets: Sequence[MarketRecipe]
    organizations: Mapping[str, OrganizationRecipe]
    services: Mapping[str, ServiceRecipe]
    hours: Mapping[str, HoursRecipe]
    who: Mapping[str, WhoRecipe]
    details: Table


def read_recipes() -> Recipes:
    """Read the recipes of the inventory."""
    folder = _folder()
    kinds = {key: table for file in sorted(folder.glob("kinds/*.toml")) for key, table in _read(file).items()}
    return Recipes(
        markets=tuple(_market(_read(file)) for file in sorted(folder.glob("markets/*.toml"))),
        organizations={key: OrganizationRecipe(**table) for key, table in _read(folder / "organizations.toml").items()},
        services={key: ServiceRecipe(**table) for key, table in kinds.items()},
        hours={key: HoursRecipe(**table) for key, table in _read(folder / "hours.toml").items()},
        who={key: WhoRecipe(**table) for key, table in _read(folder / "eligibility.toml").items()},
        details=_read(folder / "details.toml"),
    )


def read_accounts() -> list[AccountRecipe]:
    """Read the demo accounts."""
    return [AccountRecipe(**table) for table in _read(_folder() / "accounts.toml")["account"]]


def read_people() -> list[PersonRecipe]:
    """Read the invented people with their handoffs."""
    return [_person(table) for table in _read(_folder() / "people.toml")["person"]]


def _person(table: dict[str, Any]) -> PersonRecipe:
    handoffs = tuple(_handoff(handoff) for handoff in table.pop("handoff", []))
    episode = EpisodeRecipe(**table.pop("episode")) if "episode" in table else None
    return PersonRecipe(**table, handoffs=handoffs, episode=episode)


def _handoff(table: dict[str, Any]) -> HandoffRecipe:
    steps = tuple(StepRecipe(**step) for step in table.pop("steps", []))
    return HandoffRecipe(**table, steps=steps)


def _folder() -> Path:
    return bundled("seed") / "demo"


def _market(table: dict[str, Any]) -> MarketRecipe:
    areas = tuple(Area(**area) for area in table.pop("areas"))
    return MarketRecipe(**table, areas=areas)


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return tomllib.load(stream)
