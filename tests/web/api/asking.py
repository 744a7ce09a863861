"""Asking the API, and what its refusals look like."""

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

MATCH = "/api/v1/match"
FOOD: dict[str, Any] = {"market": "here", "needs": ["food-insecurity"], "near": "21201"}
FIELDS = (
    "market",
    "needs",
    "near",
    "facts",
    "language",
    "by",
    "max_km",
    "at",
    "needed_by",
    "limit",
    "seed",
    "show_excluded",
    "prices",
)

# A field, a value that it cannot have (... leaves it out), and the status of the answer.
WRONG = [
    ("market", "nowhere", 404),
    ("market", ..., 422),
    ("market", 5, 422),
    ("market", "x" * 201, 422),
    ("market", "he\0re", 422),
    ("market", "\ud800", 422),
    ("needs", ..., 422),
    ("needs", [], 422),
    ("needs", "food-insecurity", 422),
    ("needs", ["gold"], 422),
    ("needs", [5], 422),
    ("needs", ["food-insecurity"] * 25, 422),
    ("needs", {"a": 1}, 422),
    ("near", "Baltimore", 422),
    ("near", "91,0", 422),
    ("near", [39.29, -76.62], 422),
    ("near", "00000", 422),
    ("facts", [], 422),
    ("facts", {"shoe_size": 9}, 422),
    ("facts", {"age": "old"}, 422),
    ("facts", {"age": [30]}, 422),
    ("facts", {"age": None}, 422),
    ("facts", {"age": -1}, 422),
    ("facts", {"age": 10**400}, 422),
    ("facts", {"veteran": "maybe"}, 422),
    ("facts", {"x" * 1000: 1}, 422),
    ("facts", {"zip": 21201.5}, 422),
    ("language", "not a language", 422),
    ("language", 5, 422),
    ("by", "camel", 422),
    ("max_km", "far", 422),
    ("max_km", 0, 422),
    ("max_km", -1, 422),
    ("max_km", True, 422),
    ("max_km", 10**400, 422),
    ("at", "soon", 422),
    ("needed_by", "soon", 422),
    ("facts", {"insurance": ["none", "private"]}, 422),
    ("facts", {"insurance": []}, 422),
    ("at", "0001-01-01", 422),
    ("at", "9999-12-31T23:59:59", 422),
    ("at", "2026-11-21T10:00-24:00", 422),
    ("limit", 0, 422),
    ("limit", -5, 422),
    ("limit", 2.5, 422),
    ("limit", "10", 422),
    ("limit", 1001, 422),
    ("limit", 10**400, 422),
    ("seed", -1, 422),
    ("seed", 1.5, 422),
    ("seed", True, 422),
    ("seed", 2**53, 422),
    ("show_excluded", "yes", 422),
    ("show_excluded", 1, 422),
]


def ask(client: FlaskClient, **changes: object) -> TestResponse:
    return client.post(MATCH, json={name: value for name, value in (FOOD | changes).items() if value is not ...})


def check_problem(answer: TestResponse) -> dict[str, Any]:
    """Check that an answer is a problem as RFC 9457 has it, with our words; return it."""
    assert answer.content_type == "application/problem+json"
    problem: dict[str, Any] = json.loads(answer.data)
    assert list(problem) == ["type", "title", "status", "code", "detail", "incident", "errors"]
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"/problems/{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    assert all(set(fault) == {"field", "code", "text"} for fault in problem["errors"])
    return problem
