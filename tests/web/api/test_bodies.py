"""No body surprises the API: each wrong field is named, and nothing fails."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resource_hub.core.codes import FACTS, NEEDS
from tests.handoff.stories import Story
from tests.web.api.asking import FIELDS, FOOD, MATCH, WRONG, ask, check_problem


@pytest.mark.parametrize(("field", "value", "status"), WRONG)
def test_a_wrong_field_is_named(client: FlaskClient, story: Story, field: str, value: object, status: int) -> None:
    answer = ask(client, **{field: value})

    assert answer.status_code == status
    problem = check_problem(answer)
    if status == 422:
        named = {fault["field"] for fault in problem["errors"]}
        names = {field, "need"} | (set(value) if isinstance(value, dict) else set())
        assert named & {name[:40] for name in names}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("", "application/json", 400),
        ("{", "application/json", 400),
        ("null", "application/json", 422),
        ("[]", "application/json", 422),
        ('"x"', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "max_km": NaN}', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "max_km": Infinity}', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "limit": 1' + "0" * 400 + "}", "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "limit": 1' + "0" * 9000 + "}", "application/json", 400),
        ('{"market": "here", "facts": ' + '{"a":' * 100_000 + "1" + "}" * 100_001, "application/json", 400),
        ("[" * 200_000 + "]" * 200_000, "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        ("x" * 3_000_000, "application/json", 413),
        ('{"market": "here"}', "text/plain", 415),
        ("market=here", "application/x-www-form-urlencoded", 415),
    ],
    ids=range(15),
)
def test_a_body_that_is_no_question_is_refused(
    client: FlaskClient, story: Story, body: str | bytes, content_type: str, status: int
) -> None:
    answer = client.post(MATCH, data=body, content_type=content_type)

    assert answer.status_code == status
    check_problem(answer)


def test_the_search_goes_by_post_only(client: FlaskClient) -> None:
    answer = client.get(MATCH, query_string={"market": "here"})

    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"POST", "OPTIONS"})
    check_problem(answer)


numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**18), 2**53, 1e308, 1e-308])
texts = st.text() | st.sampled_from(
    ["here", "21201", "39.29,-76.62", "es", "walk", "yes", "2026-11-21", "\0", "\ud800"]
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
needs = st.lists(st.sampled_from(list(NEEDS)), max_size=30)
facts = st.dictionaries(st.sampled_from(list(FACTS)), values, max_size=10)
bodies = (
    st.fixed_dictionaries(
        {"market": st.just("here")},
        optional=dict.fromkeys(FIELDS[2:], values) | {"needs": needs | values, "facts": facts | values},
    )
    | st.dictionaries(st.sampled_from(FIELDS) | texts, values)
    | values
)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=bodies)
@example(body={**FOOD, "limit": 1000, "seed": 2**53 - 1})
@example(body={**FOOD, "max_km": 1e-308})
@example(body={**FOOD, "at": "1971-01-01T00:00+14:00"})
def test_no_body_surprises_the_api(client: FlaskClient, story: Story, body: object) -> None:
    answer = client.post(MATCH, data=json.dumps(body), content_type="application/json")

    assert answer.status_code in {200, 404, 422}, body
    if answer.status_code == 200:
        json.loads(answer.data, parse_constant=pytest.fail)
    else:
        check_problem(answer)
