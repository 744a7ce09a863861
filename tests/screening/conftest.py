"""A market with a coordinator, a person there, and a coordinator of another market."""

import pytest

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.people.models import PersonRecord
from tests.conftest import as_actor
from tests.factories import a_market, a_person, a_user


@pytest.fixture
def here(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def mine(work: Work, here: Market) -> Work:
    return as_actor(work, a_user(work, Role.COORDINATOR, here))


@pytest.fixture
def neighbours(work: Work, here: Market) -> Work:
    """The same work, done by the coordinator of another market."""
    del here
    return as_actor(work, a_user(work, Role.COORDINATOR, a_market(work, "elsewhere")))


@pytest.fixture
def ana(mine: Work, here: Market) -> PersonRecord:
    return a_person(mine, here)
