"""What is asked: needs, the person's facts, from where, when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntFlag, StrEnum

from resource_hub.core.codes import FactValue
from resource_hub.core.geography import Point, PostalCode


class TravelMode(StrEnum):
    """How the person gets there."""

    WALK = "walk"
    TRANSIT = "transit"
    DRIVE = "drive"


class Mode(IntFlag):
    """How a service reaches the person; the bits of the column `modes`."""

    IN_PERSON = 1
    PHONE = 2
    ONLINE = 4
    HOME = 8


REMOTE = Mode.PHONE | Mode.ONLINE | Mode.HOME


@dataclass(frozen=True)
class Query:
    """One question to the ranking. `at` is an instant; `home` is where the person lives, for the area served.

    `needed_by` is the instant when help is needed; help that starts earlier loses nothing. Without it that is `at`.
    Without `origin` distance plays no part. Without `by` the faster of walking and public transport is taken.
    With `ignore_prices` a scarce place costs nothing.
    Equal scores are drawn by lot, the same way for the same `seed`.
    """

    needs: tuple[str, ...]
    at: datetime
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    origin: Point | None = None
    home: PostalCode | None = None
    language: str | None = None
    by: TravelMode | None = None
    max_km: float | None = None
    limit: int = 10
    seed: int = 0
    show_excluded: bool = False
    needed_by: datetime | None = None
    ignore_prices: bool = False
