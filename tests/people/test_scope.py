"""Another market's people are not there, by any entry; who has no business with people does not get in."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.inventory.models import Market
from resource_hub.people import queries, service
from resource_hub.people.models import PersonRecord
from resource_hub.people.values import Corrections, NewRoute, RouteKind
from tests.conftest import as_actor
from tests.factories import a_user, an_organization
from tests.people.ana import ANA

TODAY = ANA.facts[0].as_of


ENTRIES: dict[str, Callable[[Work, PersonRecord], object]] = {
    "get": lambda work, person: queries.get_person(work, person.id),
    "open": lambda work, person: service.open_person(work, person.id),
    "add": lambda work, person: service.add_person(work, person.market_id, ANA),
    "correct": lambda work, person: service.correct_person(work, person.id, Corrections(name="Bo")),
    "set fact": lambda work, person: service.set_fact(work, person.id, "veteran", value=True, as_of=TODAY),
    "remove fact": lambda work, person: service.remove_fact(work, person.id, "veteran"),
    "add route": lambda work, person: service.add_route(work, person.id, NewRoute(RouteKind.OTHER, "here")),
    "remove route": lambda work, person: service.remove_route(work, person.id, "any"),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_another_markets_coordinator_finds_nobody_by_any_entry(
    mine: Work, here: Market, neighbours: Work, entry: str
) -> None:
    record = service.add_person(mine, here.id, replace(ANA, record_number=""))
    before = mine.session.scalar(select(func.count()).select_from(AuditRow))

    with pytest.raises(NotFound):
        ENTRIES[entry](neighbours, record)

    assert mine.session.scalar(select(func.count()).select_from(AuditRow)) == before


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("role", [Role.STEWARD, Role.PROGRAMME_LEAD, Role.ADMIN])
def test_who_has_no_business_with_people_does_not_get_in(mine: Work, here: Market, role: Role, entry: str) -> None:
    record = service.add_person(mine, here.id, replace(ANA, record_number=""))
    stranger = as_actor(mine, a_user(mine, role, here))

    with pytest.raises(NotAllowed):
        ENTRIES[entry](stranger, record)


@pytest.mark.parametrize("entry", ENTRIES.keys() - {"add"})
def test_a_partner_finds_nobody_whom_the_care_team_or_another_partner_recorded(
    mine: Work, here: Market, entry: str
) -> None:
    partner, other = (
        as_actor(mine, a_user(mine, Role.PARTNER, here, organization=an_organization(mine, here))) for _ in range(2)
    )
    theirs = service.add_person(other, here.id, replace(ANA, record_number=""))
    for record in (service.add_person(mine, here.id, replace(ANA, record_number="")), theirs):
        with pytest.raises(NotFound):
            ENTRIES[entry](partner, record)


@pytest.mark.parametrize("entry", ENTRIES.keys() - {"add"})
def test_the_care_team_does_not_find_whom_a_partner_recorded(mine: Work, here: Market, entry: str) -> None:
    partner = as_actor(mine, a_user(mine, Role.PARTNER, here, organization=an_organization(mine, here)))
    record = service.add_person(partner, here.id, ANA)

    with pytest.raises(NotFound):
        ENTRIES[entry](mine, record)
    assert queries.get_person(partner, record.id).name == ANA.name


def test_a_record_number_that_a_partner_uses_is_not_known_to_be_taken(mine: Work, here: Market) -> None:
    partner = as_actor(mine, a_user(mine, Role.PARTNER, here, organization=an_organization(mine, here)))
    service.add_person(partner, here.id, ANA)

    record = service.add_person(mine, here.id, ANA)

    found = queries.find_by_record_number(mine, here.id, ANA.record_number)
    assert found
    assert found.id == record.id


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_organization_that_acts_by_a_link_does_not_get_in(mine: Work, here: Market, entry: str) -> None:
    partner = as_actor(mine, a_user(mine, Role.PARTNER, here, organization=an_organization(mine, here)))
    record = service.add_person(partner, here.id, replace(ANA, record_number=""))
    by_link = as_actor(mine, replace(partner.actor, user_id=None))

    with pytest.raises(NotAllowed):
        ENTRIES[entry](by_link, record)
