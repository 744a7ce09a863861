"""An organization stands for the care team of its market, and the market's referrers answer for it."""

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow, CareTeam, User
from resource_hub.accounts.queries import as_actor
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.inventory.service.care_teams import set_care_team
from tests.factories import a_listing, a_market, a_user


def test_the_referrers_of_the_market_stand_for_it_and_nobody_else(work: Work) -> None:
    market, other = a_market(work), a_market(work, "other")
    team = a_listing(work, market).organization
    users = {
        name: a_user(work, role, where)
        for name, role, where in (
            ("here", Role.COORDINATOR, market),
            ("steward", Role.STEWARD, market),
            ("elsewhere", Role.SOCIAL_WORKER, other),
        )
    }

    set_care_team(work, market.slug, team.id)

    work.session.expire_all()
    actors = {name: as_actor(work.session.get_one(User, actor.user_id)) for name, actor in users.items()}
    assert {name: actor.stands_for(team.id) for name, actor in actors.items()} == {
        "here": True, "steward": False, "elsewhere": False,
    }  # fmt: skip
    assert work.session.scalars(select(AuditRow.detail).where(AuditRow.action == "market.care_team_set")).all() == [
        {"organization": team.id}
    ]


def test_another_one_takes_its_place(work: Work) -> None:
    market = a_market(work)
    for team in (a_listing(work, market).organization, a_listing(work, market).organization):
        set_care_team(work, market.slug, team.id)

    assert work.session.scalars(select(CareTeam.organization_id)).all() == [team.id]


def test_it_is_an_organization_of_the_market(work: Work) -> None:
    market = a_market(work)
    elsewhere = a_listing(work, a_market(work, "other")).organization

    for organization_id in (elsewhere.id, "none"):
        with pytest.raises(NotFound) as refusal:
            set_care_team(work, market.slug, organization_id)
        assert refusal.value.code == "no_such_organization"
