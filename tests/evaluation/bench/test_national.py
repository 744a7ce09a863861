"""The made-up national directory and the questions to it."""

import numpy as np
import pytest

from resource_hub.evaluation.bench.national.directory import Directory, directory
from resource_hub.evaluation.bench.national.population import population
from resource_hub.evaluation.bench.national.questions import questions
from resource_hub.matching.values.query import REMOTE

SERVICES = 3000


@pytest.fixture(scope="module")
def made() -> Directory:
    return directory(SERVICES)


def test_people_live_where_the_census_says_about() -> None:
    people = population()
    near_new_york = np.hypot(people.latitude - 40.71, (people.longitude + 74.0) * 0.76) < 60 / 111
    assert 0.04 < people.share[near_new_york].sum() < 0.08
    assert people.share.sum() == pytest.approx(1)


def test_the_same_seed_makes_the_same_directory(made: Directory) -> None:
    again, other = directory(SERVICES), directory(SERVICES, seed=9)
    assert np.array_equal(again.columns.keys, made.columns.keys)
    assert np.array_equal(again.rooms.status, made.rooms.status)
    assert not np.array_equal(other.columns.keys, made.columns.keys)


def test_about_every_seventh_service_comes_to_the_person(made: Directory) -> None:
    remote = (made.columns.modes & REMOTE) != 0
    assert len(made.columns) == SERVICES
    assert 0.12 < remote.mean() < 0.18


def test_every_service_answers_one_to_three_needs(made: Directory) -> None:
    answered = (made.columns.weights > 0).sum(axis=1)
    assert answered.min() >= 1
    assert answered.max() <= 3


def test_confidential_places_have_no_coordinates(made: Directory) -> None:
    assert made.columns.confidential.any()
    assert np.array_equal(np.isnan(made.columns.latitude), made.columns.confidential)


def test_questions_have_one_need_a_home_and_facts_and_repeat_with_their_seed() -> None:
    asked = questions(30)
    assert asked == questions(30)
    assert all(len(query.needs) == 1 and query.home and query.origin == query.home.point for query in asked)
    assert any(query.facts for query in asked)
    assert len({query.home for query in asked}) > 20
