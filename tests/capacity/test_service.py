"""Stating capacity and holding places: nobody gets a place that is not there, and each comes back once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.capacity import queries, service
from resource_hub.capacity.errors import BadStatement
from resource_hub.capacity.models import CapacityStatement, Hold, Room
from resource_hub.capacity.values import CapacityStatus, Held, HoldOutcome, NoCapacity, RoomNow, Statement, Waitlisted
from resource_hub.core.errors import NotFound
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user, an_organization

CAPACITY, NO_CAPACITY, WAITLIST, ASSESSMENT = CapacityStatus


def a_place(
    work: Work,
    available: int | None = 2,
    maximum: int | None = 3,
    status: CapacityStatus = CAPACITY,
    slug: str = "here",
) -> str:
    """A place with a statement, beside another one of the same organization with four places."""
    market = a_market(work, slug)
    listing = a_listing(work, market)
    beside = a_listing(work, market, name="Beside", organization=listing.organization)
    service.state_capacity(work, beside.service_at_location.id, Statement(CAPACITY, 4))
    service.state_capacity(work, listing.service_at_location.id, Statement(status, available, maximum))
    return listing.service_at_location.id


def held(work: Work, place: str, referral: str = "r-1") -> HoldOutcome:
    return service.hold(work, referral, place, work.now + timedelta(days=3))


def room(work: Work, place: str) -> RoomNow:
    found = queries.find_room(work.session, place)
    assert found
    return found


def held_id(work: Work) -> str:
    return work.session.scalars(select(Hold.id)).one()


def state_of(work: Work, referral: str = "r-1") -> str | None:
    return work.session.scalar(select(Hold.state).where(Hold.referral_id == referral))


def test_a_statement_is_kept_and_its_numbers_are_what_is_free(work: Work) -> None:
    place = a_place(work, 2, 3)
    service.state_capacity(work, place, Statement(WAITLIST, maximum=3, waiting_days=14, source="phone"))

    assert room(work, place) == RoomNow(WAITLIST, 0, 3, 14)
    rows = work.session.scalars(select(CapacityStatement).where(CapacityStatement.service_at_location_id == place))
    assert {(row.status, row.available, row.source) for row in rows} == {
        ("capacity", 2, "system"),
        ("waitlist", None, "phone"),
    }
    last = work.session.scalars(select(AuditRow).order_by(AuditRow.position.desc())).first()
    assert last
    assert (last.action, last.subject_id, last.detail) == ("capacity.stated", place, {"status": "waitlist"})


def test_a_contradiction_changes_nothing(work: Work) -> None:
    place = a_place(work, 2, 3)

    with pytest.raises(BadStatement) as refusal:
        service.state_capacity(work, place, Statement(CAPACITY, 4, 3))

    assert [fault.field for fault in refusal.value.faults] == ["available"]
    assert room(work, place).free == 2


def test_the_last_place_is_given_once(work: Work) -> None:
    place = a_place(work, 2)

    outcomes = [held(work, place, f"r-{number}") for number in range(3)]

    assert [type(outcome) for outcome in outcomes] == [Held, Held, NoCapacity]
    assert room(work, place) == RoomNow(CAPACITY, 0, 3, None)


def test_asking_again_is_the_same_hold(work: Work) -> None:
    place = a_place(work, 2)

    assert held(work, place) == held(work, place)
    assert room(work, place).free == 1


def test_asking_again_on_a_waiting_list_is_the_same_entry(work: Work) -> None:
    place = a_place(work, None, status=WAITLIST)

    first = held(work, place)

    assert isinstance(first, Waitlisted)
    assert held(work, place) == first


def test_where_nobody_counts_a_hold_is_not_counted(work: Work) -> None:
    place = a_place(work, None)

    outcome = held(work, place)

    assert outcome == Held(held_id(work), counted=False)
    service.release(work, "r-1")
    assert room(work, place).free is None


def test_where_nobody_ever_said_anything_a_hold_is_not_counted(work: Work) -> None:
    place = a_listing(work, a_market(work)).service_at_location.id

    outcome = held(work, place)

    assert outcome == Held(held_id(work), counted=False)
    assert queries.find_room(work.session, place) is None


def test_after_an_assessment_places_are_given_too(work: Work) -> None:
    place = a_place(work, 1, status=ASSESSMENT)

    assert isinstance(held(work, place), Held)
    assert held(work, place, "r-2") == NoCapacity()


def test_no_capacity_gives_nothing(work: Work) -> None:
    assert held(work, a_place(work, None, status=NO_CAPACITY)) == NoCapacity()


def test_a_place_comes_back_once(work: Work) -> None:
    place = a_place(work, 2)
    held(work, place)
    held(work, place, "r-2")

    service.release(work, "r-1")
    service.release(work, "r-1")

    assert room(work, place).free == 1
    assert state_of(work, "r-2") == "held"
    assert set(work.session.scalars(select(Room.free))) == {1, 4}


def test_a_used_place_comes_back_when_the_handoff_ends(work: Work) -> None:
    place = a_place(work, 2)
    held(work, place)
    service.use(work, "r-1")
    assert room(work, place).free == 1

    service.release(work, "r-1")

    assert room(work, place).free == 2


def test_no_more_than_the_maximum_comes_back(work: Work) -> None:
    place = a_place(work, 2, 3)
    held(work, place)
    service.state_capacity(work, place, Statement(CAPACITY, 3, 3))

    service.release(work, "r-1")

    assert room(work, place).free == 3


@pytest.mark.parametrize("status", [NO_CAPACITY, WAITLIST])
def test_a_place_that_comes_free_while_there_is_no_room_is_the_organizations_to_give(
    work: Work, status: CapacityStatus
) -> None:
    place = a_place(work, 2)
    held(work, place)
    service.state_capacity(work, place, Statement(status))

    service.release(work, "r-1")

    assert room(work, place).free == 0


def test_holds_expire_at_their_time_and_uses_and_waiting_do_not(work: Work) -> None:
    place = a_place(work, 3)
    for referral in ("r-1", "r-2"):
        held(work, place, referral)
    service.use(work, "r-2")
    waiting = a_place(work, None, status=WAITLIST, slug="waiting")
    held(work, waiting, "r-3")

    assert service.expire_holds(replace(work, now=work.now + timedelta(days=3, seconds=-1))) == 0
    assert service.expire_holds(replace(work, now=work.now + timedelta(days=3))) == 1
    assert service.expire_holds(replace(work, now=work.now + timedelta(days=9))) == 0

    assert [state_of(work, referral) for referral in ("r-1", "r-2", "r-3")] == ["expired", "used", "waiting"]
    assert room(work, place).free == 2


def test_an_answer_after_the_hold_expired_takes_a_place_if_one_is_left(work: Work) -> None:
    place = a_place(work, 1, 1)
    held(work, place)
    later = replace(work, now=work.now + timedelta(days=4))
    service.expire_holds(later)

    service.use(later, "r-1")

    assert state_of(work) == "used"
    assert room(work, place).free == 0


def test_an_answer_after_the_place_went_to_somebody_else_gives_back_nothing_later(work: Work) -> None:
    place = a_place(work, 1, 1)
    held(work, place)
    later = replace(work, now=work.now + timedelta(days=4))
    service.expire_holds(later)
    held(later, place, "r-2")

    service.use(later, "r-1")
    service.release(later, "r-1")

    assert room(work, place).free == 0


def test_an_ended_hold_gives_no_place_again(work: Work) -> None:
    place = a_place(work, 2)
    held(work, place)
    service.release(work, "r-1")

    assert held(work, place) == NoCapacity()


def test_several_places_are_read_at_once_and_silent_ones_are_missing(work: Work) -> None:
    place, silent = a_place(work, 2), a_listing(work, a_market(work, "silent")).service_at_location.id

    assert queries.rooms(work.session, [place, silent]) == {place: RoomNow(CAPACITY, 2, 3, None)}


class TestWhoMaySpeak:
    def listing(self, work: Work) -> Listing:
        return a_listing(work, a_market(work))

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SOCIAL_WORKER, Role.STEWARD, Role.ADMIN])
    def test_staff_of_the_market_speak_for_it_and_are_named(self, work: Work, role: Role) -> None:
        market = a_market(work)
        listing = a_listing(work, market)
        actor = a_user(work, role, market)

        service.state_capacity(as_actor(work, actor), listing.service_at_location.id, Statement(CAPACITY, 1))

        row = work.session.scalars(select(CapacityStatement)).one()
        assert (row.source, row.stated_by) == (role, actor.user_id)

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEWARD, Role.PROGRAMME_LEAD])
    def test_staff_of_another_market_do_not(self, work: Work, role: Role) -> None:
        listing = self.listing(work)
        elsewhere = a_user(work, role, a_market(work, "elsewhere"))

        with pytest.raises(NotFound):
            service.state_capacity(as_actor(work, elsewhere), listing.service_at_location.id, Statement(CAPACITY))

    def test_a_programme_lead_does_not(self, work: Work) -> None:
        market = a_market(work)
        listing = a_listing(work, market)

        with pytest.raises(NotFound):
            service.state_capacity(
                as_actor(work, a_user(work, Role.PROGRAMME_LEAD, market)),
                listing.service_at_location.id,
                Statement(CAPACITY),
            )

    def test_a_partner_speaks_for_their_own_organization_only(self, work: Work) -> None:
        market = a_market(work)
        own, other = a_listing(work, market), a_listing(work, market, organization=an_organization(work, market))
        partner = as_actor(work, a_user(work, Role.PARTNER, market, organization=own.organization))

        service.state_capacity(partner, own.service_at_location.id, Statement(CAPACITY, 1))
        with pytest.raises(NotFound):
            service.state_capacity(partner, other.service_at_location.id, Statement(CAPACITY, 1))

    def test_nobody_speaks_for_what_is_not_there(self, work: Work) -> None:
        with pytest.raises(NotFound):
            service.state_capacity(work, "nowhere", Statement(CAPACITY))


def test_an_organization_finds_its_own_active_services_with_what_was_last_said(work: Work) -> None:
    market = a_market(work)
    listing = a_listing(work, market, name="Pantry")
    a_listing(work, market, name="Closed", organization=listing.organization, status="inactive")
    a_listing(work, market, name="Clothes", organization=listing.organization)
    a_listing(work, market, name="Somebody else's")
    service.state_capacity(work, listing.service_at_location.id, Statement(CAPACITY, 4))

    places = queries.own_places(work.session, listing.organization.id)

    assert [(place.service, place.room) for place in places] == [
        ("Clothes", None),
        ("Pantry", RoomNow(CAPACITY, 4, None, None)),
    ]
