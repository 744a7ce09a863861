"""Asks a routing server for minutes by the streets, where one is configured. It is sent coordinates and nothing else.

The server speaks the table service of OSRM (Open Source Routing Machine, API version 1).
"""

import json
from collections.abc import Callable, Sequence
from http.client import HTTPException
from time import monotonic
from urllib.request import urlopen

import numpy as np

from resource_hub.core.geography import Point
from resource_hub.matching.rules.assess import Assessment
from resource_hub.matching.rules.distance import choices_of
from resource_hub.matching.rules.measured import remeasured, worth_measuring
from resource_hub.matching.values.columns import Columns, Floats
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query, TravelMode

MOST_PLACES = 50
SECONDS = 1.0
REST_SECONDS = 30.0
_MOST_BYTES = 1_000_000
# Which streets a way uses, by the names of OSRM's own profiles; public transport has no routes here.
PROFILES = {TravelMode.WALK: "foot", TravelMode.DRIVE: "car"}

Transport = Callable[[str, float], bytes]


def fetch(url: str, seconds: float) -> bytes:
    """Return what a server answers in time."""
    with urlopen(url, timeout=seconds) as answer:  # noqa: S310 - the settings take http and https alone
        body: bytes = answer.read(_MOST_BYTES)
        return body


class Router:
    """A routing server. After a failure it is left alone for a while, so that no list waits for it again."""

    def __init__(self, url: str, transport: Transport = fetch, clock: Callable[[], float] = monotonic) -> None:
        """Take the server's address; `{profile}` in it stands for foot or car."""
        self._url, self._transport, self._clock = url.rstrip("/"), transport, clock
        self._rests_until = 0.0

    def minutes(self, origin: Point, places: Sequence[Point], mode: TravelMode) -> Floats | None:
        """Return the minutes to each place, NaN where there is no route; None where the server does not tell."""
        if mode not in PROFILES or not places or self._clock() < self._rests_until:
            return None
        try:
            return _read(self._transport(self._address(origin, places, PROFILES[mode]), SECONDS), len(places))
        except (OSError, HTTPException, TypeError, ValueError):
            self._rests_until = self._clock() + REST_SECONDS
            return None

    def _address(self, origin: Point, places: Sequence[Point], profile: str) -> str:
        # A tenth of a kilometre of where somebody sets out is near enough, and says less about them.
        points = [f"{origin.longitude:.3f},{origin.latitude:.3f}"]
        points += [f"{place.longitude:.5f},{place.latitude:.5f}" for place in places]
        base = self._url.replace("{profile}", profile)
        return f"{base}/table/v1/{profile}/{';'.join(points)}?sources=0&annotations=duration"


def routed(router: Router | None, columns: Columns, query: Query, policy: Policy, assessment: Assessment) -> Assessment:
    """Return the assessment with measured minutes for its best rows; as it was where nothing can be measured."""
    if router is None or query.origin is None:
        return assessment
    rows = worth_measuring(columns, assessment, MOST_PLACES)
    places = [
        Point(*pair) for pair in zip(columns.latitude[rows].tolist(), columns.longitude[rows].tolist(), strict=True)
    ]
    told = {mode: router.minutes(query.origin, places, mode) for mode in choices_of(query.by)}
    measured = {mode: minutes for mode, minutes in told.items() if minutes is not None}
    return remeasured(columns, query, policy, assessment, rows, measured) if measured else assessment


def _read(body: bytes, places: int) -> Floats:
    answer = json.loads(body)
    durations = answer.get("durations") if isinstance(answer, dict) else None
    line = durations[0] if isinstance(durations, list) and durations else None
    if not isinstance(line, list) or len(line) != places + 1 or answer.get("code") != "Ok":
        message = "not an answer of a table service"
        raise ValueError(message)
    seconds = np.array([np.nan if one is None else float(one) for one in line[1:]])
    return np.where(seconds >= 0, seconds / 60, np.nan)
