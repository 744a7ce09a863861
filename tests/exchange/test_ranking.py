"""The ranking's JSON is the contract's, to the letter, and tells nothing of a confidential place."""

import json
from dataclasses import replace
from datetime import timedelta
from math import prod
from typing import Any

from resource_hub.exchange.ranking import ranking_json
from resource_hub.inventory.values import Operator
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values import Condition, Ranking, TravelMode
from tests.matching.build import ENGLISH, TODAY, ZONE, Row, columns, query, rooms

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)
FAR = (39.40, -76.62)
ROWS = [
    Row("Pantry", at=FAR, checked=TODAY - timedelta(days=50), status="capacity", free=3),
    Row("Elders' lunch", alternatives=((ELDERS,),), schedules=()),
    Row("Shelter", confidential=True, at=FAR),
    Row("Closed", active=False),
]


def ranking(rows: list[Row], **words: Any) -> Ranking:
    asked, table, room = query(**words), columns(rows), rooms(rows)
    judged = assess(table, room, asked, current())
    return Ranking(
        policy="2026-11",
        market="baltimore",
        at=asked.at,
        zone=ZONE,
        language=None,
        considered=len(rows),
        remaining=int(judged.passed.sum()),
        matches=show.matches(table, room, asked, judged),
        excluded_counts=show.excluded_counts(judged),
        exclusions=tuple(show.exclusions(table, asked, judged)),
    )


def document(**words: Any) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(ranking_json(ranking(ROWS, **words), ENGLISH)))
    return written


def of(name: str, found: dict[str, Any]) -> dict[str, Any]:
    match: dict[str, Any] = next(match for match in found["matches"] if match["name"] == name)
    return match


def test_the_keys_are_the_contract_s() -> None:
    found = document()

    assert list(found) == ["policy", "market", "at", "considered", "matches", "excluded_counts"]
    assert list(found["matches"][0]) == [
        "service_at_location_id",
        "service_id",
        "organization_id",
        "name",
        "organization",
        "needs",
        "score",
        "factors",
        "price",
        "distance_km",
        "travel_minutes",
        "travel_mode",
        "eligibility",
        "questions",
        "capacity",
        "open",
        "next_open",
        "verified_on",
    ]
    assert set(found["excluded_counts"]) == {"ineligible", "outside_area", "too_far", "inactive"}


def test_the_values_are_those_of_the_ranking() -> None:
    found = document(by=TravelMode.DRIVE)
    pantry = of("Pantry", found)

    assert found["at"] == "2026-11-20T10:00:00-05:00"
    assert found["considered"] == 4
    assert pantry["capacity"] == {"status": "capacity", "available": 3, "as_of": "2026-11-20"}
    assert (pantry["open"], pantry["next_open"]) == ("open", "2026-11-23T09:00:00-05:00")
    assert pantry["verified_on"] == "2026-10-01"
    assert pantry["travel_mode"] == "drive"
    assert pantry["eligibility"] == "eligible"
    assert of("Elders' lunch", found)["eligibility"] == "unknown"
    assert of("Elders' lunch", found)["questions"] == [{"fact": "age", "text": "What age (for a baby, in months)?"}]
    assert of("Elders' lunch", found)["open"] == "unknown"


def test_the_factors_as_printed_multiply_to_the_score_as_printed() -> None:
    for match in document()["matches"]:
        product = prod(factor["value"] for factor in match["factors"])
        assert abs(product - match["price"] - match["score"]) < 1e-9
        assert [factor["code"] for factor in match["factors"]] == [
            "fit",
            "listing_right",
            "accept",
            "follow_through",
            "timeliness",
        ]
        assert all(factor["text"].endswith(".") for factor in match["factors"])


def test_nothing_leads_to_a_confidential_place() -> None:
    told = ranking(ROWS)
    leaking = replace(told, matches=tuple(replace(match, travel=told.matches[0].travel) for match in told.matches))

    for match in ranking_json(leaking, ENGLISH)["matches"]:
        way = (match["distance_km"], match["travel_minutes"], match["travel_mode"])
        assert (way == (None, None, None)) is (match["name"] == "Shelter")


def test_what_was_left_out_is_told_when_asked_for() -> None:
    found = ranking_json(ranking(ROWS, facts={"age": 30.0}), ENGLISH, show_excluded=True)

    assert found["excluded"] == [
        {"service_at_location_id": "Closed", "code": "inactive", "fact": None, "text": "Not running at this time."},
        {
            "service_at_location_id": "Elders' lunch",
            "code": "ineligible",
            "fact": "age",
            "text": "Age: only for people aged 60 or over.",
        },
    ]
    assert "excluded" not in document()
