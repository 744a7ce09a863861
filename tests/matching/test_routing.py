"""Minutes by the streets where a server tells them; the estimate, called one, wherever it does not."""

import json
import math
import re
from collections.abc import Callable
from http.client import IncompleteRead

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.core.geography import Point
from resource_hub.matching import phrases
from resource_hub.matching.policy import current
from resource_hub.matching.routing import MOST_PLACES, REST_SECONDS, SECONDS, Router, routed
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values import Match, Mode, Query, TravelMode
from tests.matching.build import ENGLISH, ORIGIN, Row, columns, query, rooms

URL = "https://routes.example.org"
NEAR, NEARER = (39.3076, -76.6252), (39.3006, -76.6252)


class Server:
    """A routing server that takes so many minutes to every place, and notes what it was asked."""

    def __init__(self, *minutes: float | None) -> None:
        self.minutes = minutes
        self.asked: list[str] = []

    def __call__(self, url: str, seconds: float) -> bytes:
        self.asked.append(url)
        assert seconds == SECONDS
        count = url.count(";")
        told = [None if one is None else one * 60 for one in (*self.minutes, *[self.minutes[-1]] * count)][:count]
        return json.dumps({"code": "Ok", "durations": [[0, *told]]}).encode()


def found(router: Router | None, rows: list[Row], asked: Query | None = None) -> tuple[Match, ...]:
    asked, table, room = asked or query(), columns(rows), rooms(rows)
    judged = routed(router, table, asked, current(), assess(table, room, asked, current()))
    return show.matches(table, room, asked, judged)


def way(match: Match) -> str:
    return next(phrases.sentence(part, ENGLISH) for part in match.factors if part.code == "follow_through")


def test_measured_minutes_take_the_place_of_the_estimate_and_say_so() -> None:
    [match] = found(Router(URL, Server(12)), [Row(at=NEAR)], query(by=TravelMode.WALK))

    assert (match.travel.minutes, match.travel.estimated) == (12, False)
    assert way(match) == "12 minutes on foot, by the streets."
    assert phrases.summary(match, ENGLISH).startswith("12 minutes on foot · ")


def test_a_river_between_changes_the_order() -> None:
    rows = [Row("across the river", at=NEARER), Row("this side", at=NEAR)]

    assert [match.listing.name for match in found(None, rows)] == ["across the river", "this side"]
    walked = found(Router(URL, Server(50, 15)), rows, query(by=TravelMode.WALK))
    assert [match.listing.name for match in walked] == ["this side", "across the river"]


def test_a_drive_has_its_minutes_at_both_ends() -> None:
    [match] = found(Router(URL, Server(10)), [Row(at=NEAR)], query(by=TravelMode.DRIVE))

    assert match.travel.minutes == 10 + current().travel.drive.fixed_minutes


def test_the_faster_of_a_measured_walk_and_an_estimated_ride_is_taken() -> None:
    short, long = (found(Router(URL, Server(minutes)), [Row(at=NEAR)])[0] for minutes in (9, 90))

    assert (short.travel.mode, short.travel.estimated) == (TravelMode.WALK, False)
    assert (long.travel.mode, long.travel.estimated) == (TravelMode.TRANSIT, True)
    assert way(long).endswith("by bus or train (estimate).")


def test_where_there_is_no_route_the_estimate_stays() -> None:
    [match] = found(Router(URL, Server(None)), [Row(at=NEAR)], query(by=TravelMode.WALK))

    assert match == found(None, [Row(at=NEAR)], query(by=TravelMode.WALK))[0]
    assert match.travel.estimated


def test_the_score_is_still_the_product_of_the_parts() -> None:
    for match in found(Router(URL, Server(7, 33, 2)), [Row(str(number), at=NEAR) for number in range(3)]):
        assert match.score == pytest.approx(math.prod(part.value for part in match.factors), abs=1e-12)


def test_one_request_for_each_way_that_has_streets() -> None:
    for by, profiles in (
        (None, ["foot"]),
        (TravelMode.WALK, ["foot"]),
        (TravelMode.DRIVE, ["car"]),
        (TravelMode.TRANSIT, []),
    ):
        server = Server(5)
        found(Router(f"{URL}/{{profile}}/", server), [Row(at=NEAR)], query(by=by))
        assert [re.match(rf"{URL}/(\w+)/table/v1/\1/", url) is not None for url in server.asked] == [True] * len(
            profiles
        )


def test_coordinates_are_all_that_is_sent_and_those_of_the_person_are_rough() -> None:
    server = Server(5)
    secret = Row("shelter", at=(39.2871, -76.6111), confidential=True)
    rows = [
        Row("pantry", at=NEAR),
        secret,
        Row("phone", modes=Mode.PHONE),
        Row("ZIP Code", approximate=True),
        Row("nowhere", at=None),
    ]
    told = query(language="es", facts={"age": 30.0, "zip": "21230"}, by=TravelMode.WALK)

    found(Router(URL, server), rows, told)

    assert server.asked == [f"{URL}/table/v1/foot/-76.625,39.295;-76.62520,39.30760?sources=0&annotations=duration"]


def test_no_more_than_the_best_rows_are_asked_for() -> None:
    server = Server(5)
    rows = [Row(f"{number}", at=(39.3 + number / 1000, -76.62)) for number in range(MOST_PLACES + 10)]

    matches = found(Router(URL, server), rows, query(by=TravelMode.WALK, limit=100))

    assert server.asked[0].count(";") == MOST_PLACES
    assert sum(not match.travel.estimated for match in matches) == MOST_PLACES


def test_nothing_is_asked_without_an_origin_or_a_way_to_go() -> None:
    server = Server(5)

    found(Router(URL, server), [Row(at=NEAR)], query(origin=None))
    found(Router(URL, server), [Row(modes=Mode.HOME)])

    assert server.asked == []


def failing(error: Exception) -> Callable[[str, float], bytes]:
    def transport(_url: str, _seconds: float) -> bytes:
        raise error

    return transport


@pytest.mark.parametrize(
    "transport",
    [
        failing(TimeoutError()),
        failing(ConnectionRefusedError()),
        failing(IncompleteRead(b"")),
        lambda *_: b"<html>",
        lambda *_: b"\xff",
        lambda *_: b"[]",
        lambda *_: b'{"code": "NoTable"}',
        lambda *_: b'{"code": "Ok", "durations": [[0]]}',
        lambda *_: b'{"code": "Ok", "durations": [[0, "soon"]]}',
        lambda *_: b'{"code": "Ok", "durations": [[0, {}]]}',
        lambda *_: b'{"code": "InvalidUrl", "durations": [[0, 60]]}',
    ],
)
def test_a_server_that_fails_leaves_the_estimate_and_is_left_alone(transport: Callable[[str, float], bytes]) -> None:
    now, calls = [0.0], []

    def noted(url: str, seconds: float) -> bytes:
        calls.append(url)
        return transport(url, seconds)

    router = Router(URL, noted, clock=lambda: now[0])
    for _again in range(3):
        assert found(router, [Row(at=NEAR)]) == found(None, [Row(at=NEAR)])
    assert len(calls) == 1
    now[0] += REST_SECONDS
    assert router.minutes(ORIGIN, [Point(*NEAR)], TravelMode.WALK) is None
    assert len(calls) == 2


@settings(deadline=None, max_examples=30)
@given(st.lists(st.none() | st.floats(0, 300), min_size=3, max_size=3))
def test_fewer_minutes_are_never_worth_less(minutes: list[float | None]) -> None:
    rows = [Row(str(number), at=NEAR) for number in range(3)]
    matches = {
        match.listing.name: match for match in found(Router(URL, Server(*minutes)), rows, query(by=TravelMode.WALK))
    }
    worth = sorted((matches[name].travel.minutes or 0, -matches[name].score) for name in matches)

    assert [score for _minutes, score in worth] == sorted(score for _minutes, score in worth)
