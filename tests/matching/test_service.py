"""Matching on the database: what the tables say is what is ranked, and the neighbour's market never is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core import migrations
from resource_hub.core.db import Database
from resource_hub.core.geography import find_postal_code
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import (
    EligibilityRule,
    Language,
    Market,
    Phone,
    RequiredDocument,
    Schedule,
    ScheduleException,
    ServiceArea,
    ServiceAtLocation,
    Verification,
)
from resource_hub.matching.queries import columns_of
from resource_hub.matching.service import match
from resource_hub.matching.values import Match, Mode, OpenState, Query, Ranking
from tests.factories import BALTIMORE, Listing, a_listing, a_market, stamps
from tests.matching.build import ORIGIN

TODAY = date(2026, 11, 20)
FAR = (39.36, -76.60)


@pytest.fixture
def market(work: Work) -> Market:
    """A market, beside a neighbour whose pantry must never show."""
    return a_market(work)


@pytest.fixture
def ranking(work: Work, market: Market) -> Callable[..., Ranking]:
    """Ask the market for food at the origin, on a Friday at ten in the morning."""

    def ask(**words: Any) -> Ranking:
        asked = Query(
            **{
                "needs": ("food-insecurity",),
                "at": work.now,
                "origin": ORIGIN,
                "home": find_postal_code("21201"),
                **words,
            }
        )
        work.session.flush()
        return match(work.session, market, asked)

    return ask


def add(work: Work, market: Market, kind: Callable[..., Any], **fields: Any) -> None:
    work.session.add(kind(**stamps(work, market), **fields))


def checked(work: Work, market: Market, listing: Listing, day: date = TODAY, kind: str = "listing") -> None:
    work.session.add(
        Verification(service_id=listing.service.id, fact_kind=kind, market_id=market.id, verified_on=day, source="test")
    )


def room(work: Work, market: Market, listing: Listing, status: str, free: int | None = None) -> None:
    work.session.add(
        Room(
            service_at_location_id=listing.service_at_location.id, market_id=market.id, status=status, free=free,
            as_of=work.now,
        )
    )  # fmt: skip


def open_on(work: Work, market: Market, listing: Listing, byday: str = "MO,TU,WE,TH,FR", **fields: Any) -> None:
    times = {"opens_at": "09:00", "closes_at": "17:00", **fields}
    add(work, market, Schedule, service_id=listing.service.id, freq="WEEKLY", byday=byday, **times)


def names(ranking: Ranking) -> list[str]:
    return [found.listing.name for found in ranking.matches]


def only(ranking: Ranking) -> Match:
    [found] = ranking.matches
    return found


def test_the_market_alone_is_ranked_and_counted(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    a_listing(work, market, name="Pantry")
    a_listing(work, market, name="Rides", needs=("transportation-insecurity",))

    found = ranking()

    assert names(found) == ["Pantry"]
    assert found.considered == 2
    assert found.remaining == 1
    assert found.market == "here"
    assert found.policy == "2026-11"
    assert sum(found.excluded_counts.values()) == 0


def test_in_a_market_made_by_hand_the_order_is_plain(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    best = a_listing(work, market, name="near, open, has room, checked")
    closed = a_listing(work, market, name="near, opens Monday, has room, checked")
    full = a_listing(work, market, name="near, open, full, checked")
    stale = a_listing(work, market, name="near, open, has room, old")
    far = a_listing(work, market, name="far, open, has room, checked", at=FAR)
    for listing in (best, closed, full, far):
        checked(work, market, listing)
    checked(work, market, stale, TODAY - timedelta(days=900))
    for listing in (best, full, stale, far):
        open_on(work, market, listing)
    open_on(work, market, closed, "MO")
    for listing in (best, closed, stale, far):
        room(work, market, listing, "capacity", 5)
    room(work, market, full, "no-capacity")

    order = names(ranking())

    assert order[0] == best.service.name
    assert order[-1] == full.service.name
    assert set(order[1:-1]) == {closed.service.name, stale.service.name, far.service.name}


def test_what_is_known_of_a_listing_is_shown(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market, at=FAR)
    checked(work, market, listing, date(2026, 10, 1))
    open_on(work, market, listing)
    room(work, market, listing, "capacity", 3)

    found = only(ranking())

    assert found.listing.organization == "Food pantry people"
    assert found.verified_on == date(2026, 10, 1)
    assert (found.room.status, found.room.available, found.room.as_of) == ("capacity", 3, TODAY)
    assert found.opening.state is OpenState.OPEN
    assert found.opening.next_open == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert found.travel.distance_km == pytest.approx(7.59, abs=0.05)
    assert found.eligible


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_does_not_run_is_left_out(
    work: Work, market: Market, ranking: Callable[..., Ranking], status: str
) -> None:
    a_listing(work, market, status=status)

    found = ranking(show_excluded=True)

    assert names(found) == []
    assert found.excluded_counts["inactive"] == 1
    assert [out.code for out in found.exclusions] == ["inactive"]


def a_rule(work: Work, market: Market, listing: Listing, fact: str, value: Any, **fields: Any) -> None:
    rule = {"operator": "at_least", "status": "approved", "alternative": 0, **fields}
    work.session.add(
        EligibilityRule(
            id=new_id(), market_id=market.id, service_id=listing.service.id, fact=fact, value=value, source="test",
            created_at=work.now, **rule,
        )
    )  # fmt: skip


def test_known_rules_and_ages_exclude_and_say_which_fact(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    by_rule = a_listing(work, market, name="by rule")
    a_rule(work, market, by_rule, "age", 60)
    a_listing(work, market, name="by age", minimum_age=55.0)
    both = a_listing(work, market, name="veterans of any age, or elders", minimum_age=21.0)
    a_rule(work, market, both, "age", 60)
    a_rule(work, market, both, "veteran", value=True, operator="is", alternative=1)
    guess = a_listing(work, market, name="perhaps")
    a_rule(work, market, guess, "age", 60, status="suggested")

    found = ranking(facts={"age": 30.0, "veteran": True}, show_excluded=True)

    assert {out.listing.name: out.fact for out in found.exclusions} == {"by rule": "age", "by age": "age"}
    assert {match.listing.name: match.eligible for match in found.matches} == {
        "veterans of any age, or elders": True,
        "perhaps": False,
    }
    assert names(ranking(facts={"age": 20.0, "veteran": True})) == ["perhaps"]


@pytest.mark.parametrize(
    ("words", "eligible"), [("Open to anyone in need.", True), ("None", True), (None, True), ("See notes.", False)]
)
def test_conditions_in_words_are_not_taken_for_known(
    work: Work, market: Market, ranking: Callable[..., Ranking], words: str | None, *, eligible: bool
) -> None:
    a_listing(work, market, eligibility_description=words)

    assert only(ranking()).eligible is eligible


def test_an_area_of_the_place_wins_over_that_of_its_service(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market, name="Two places")
    elsewhere = ServiceAtLocation(
        **stamps(work, market), service_id=listing.service.id, location_id=listing.location.id
    )
    work.session.add(elsewhere)
    work.session.flush()
    add(work, market, ServiceArea, service_id=listing.service.id, extent_type="county", extent="Baltimore city")
    add(work, market, ServiceArea, service_at_location_id=elsewhere.id, extent_type="county", extent="Garrett")

    found = ranking(show_excluded=True)

    assert [match.listing.service_at_location_id for match in found.matches] == [listing.service_at_location.id]
    assert [out.listing.service_at_location_id for out in found.exclusions] == [elsewhere.id]
    assert found.excluded_counts == {"inactive": 0, "outside_area": 1, "ineligible": 0, "too_far": 0}


def test_without_a_coordinate_the_middle_of_the_zip_code_stands_in_and_is_said_to(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market, at=None)

    found = only(ranking())

    assert found.travel.approximate
    assert found.travel.distance_km is not None
    assert found.travel.distance_km < 2


def test_moving_a_confidential_place_changes_nothing(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    a_listing(work, market, name="Another")
    listing.location.confidential = True
    asked = {"max_km": 3.0, "show_excluded": True}
    before = ranking(**asked)
    listing.location.latitude, listing.location.longitude = 10.0, 10.0
    moved = ranking(**asked)
    listing.location.latitude = listing.location.longitude = None

    assert before == moved == ranking(**asked)
    assert next(found for found in before.matches if found.confidential).travel.distance_km is None


def test_hours_of_the_place_win_and_dated_exceptions_win_over_both(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    checked(work, market, listing)
    open_on(work, market, listing, "FR", opens_at="12:00")
    place = listing.service_at_location.id
    add(
        work, market, Schedule, service_at_location_id=place, freq="WEEKLY", byday="FR", opens_at="09:00",
        closes_at="11:00",
    )  # fmt: skip

    assert only(ranking()).opening.state is OpenState.OPEN

    add(
        work,
        market,
        ScheduleException,
        service_id=listing.service.id,
        on_date=TODAY,
        closed=False,
        opens_at="08:00",
        closes_at="10:30",
    )
    assert only(ranking()).opening.state is OpenState.OPEN

    add(work, market, ScheduleException, service_at_location_id=place, on_date=TODAY, closed=True)
    closed = only(ranking()).opening
    assert closed.state is OpenState.CLOSED
    assert closed.next_open == datetime(2026, 11, 27, 14, 0, tzinfo=UTC)


def test_old_hours_are_not_open_though_the_listing_was_checked(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    open_on(work, market, listing)
    checked(work, market, listing)
    checked(work, market, listing, TODAY - timedelta(days=240), "hours")

    found = only(ranking())

    assert found.opening.state is OpenState.UNKNOWN
    assert found.verified_on == TODAY


def test_an_assurance_counts_as_a_check(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market, assured_date=date(2026, 9, 1))
    assert only(ranking()).verified_on == date(2026, 9, 1)

    checked(work, market, listing, date(2026, 10, 1))
    assert only(ranking()).verified_on == date(2026, 10, 1)


def test_languages_come_from_service_place_and_telephone(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    by_code, by_name, by_phone, _none = (
        a_listing(work, market, name=name) for name in ("code", "name", "phone", "none")
    )
    phone = Phone(**stamps(work, market), service_id=by_phone.service.id, number="410 555 0100")
    work.session.add(phone)
    work.session.flush()
    add(work, market, Language, service_id=by_code.service.id, code="es-MX")
    add(work, market, Language, location_id=by_name.location.id, name="Spanish")
    add(work, market, Language, phone_id=phone.id, name="español", code="es")

    order = names(ranking(language="es"))

    assert order[-1] == "none"
    assert set(order) == {"code", "name", "phone", "none"}


def test_documents_and_modes_are_read(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market, at=(38.0, -80.0))
    listing.service_at_location.modes = ["phone", "in_person"]
    add(work, market, RequiredDocument, service_id=listing.service.id, document="Photo ID", fact="has_id")
    add(work, market, RequiredDocument, service_id=listing.service.id, document="None")

    found = only(ranking(max_km=1))

    assert [question.fact for question in found.questions] == ["has_id"]
    assert "papers_asked" not in {reason.code for part in found.factors for reason in part.reasons}
    assert columns_of(work.session, market).modes.tolist() == [Mode.PHONE | Mode.IN_PERSON]


def test_a_service_without_a_place_is_ranked_without_distance(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    listing.service_at_location.location_id = None
    listing.service_at_location.modes = ["phone"]

    assert only(ranking(max_km=1)).travel.distance_km is None


def test_an_empty_market_has_an_empty_list(ranking: Callable[..., Ranking]) -> None:
    assert ranking(show_excluded=True).matches == ()


def test_a_market_is_read_with_the_same_few_statements_however_large(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    counted: list[str] = []
    bind = work.session.connection()
    event.listen(bind, "before_cursor_execute", lambda *arguments: counted.append(arguments[2]))
    a_listing(work, market)
    work.session.flush()
    counted.clear()
    ranking()
    few = len(counted)
    for _ in range(5):
        a_listing(work, market)
    work.session.flush()
    counted.clear()
    ranking()

    assert few == len(counted) <= 14


@pytest.fixture
def own_database(tmp_path: Path) -> Database:
    """A database of its own, whose commits are real."""
    database = Database.from_url(f"sqlite:///{tmp_path}/hub.db")
    migrations.upgrade(database.engine)
    return database


def test_columns_are_kept_until_the_revision_grows_but_room_is_always_fresh(own_database: Database, work: Work) -> None:
    query = Query(("food-insecurity",), work.now, origin=ORIGIN)
    with own_database.write() as session:
        here = replace(work, session=session)
        market = a_market(here)
        listing = a_listing(here, market)
        room(here, market, listing, "no-capacity")
    with own_database.read() as session:
        kept = columns_of(session, market)
        assert columns_of(session, market) is kept
        assert match(session, market, query).matches[0].room.status == "no-capacity"
    with own_database.write() as session:
        known = session.get_one(Room, listing.service_at_location.id)
        known.status = "waitlist"
        a_listing(replace(work, session=session), session.get_one(Market, market.id), name="Second")
        session.get_one(Market, market.id).revision += 1
        session.flush()
        assert match(session, session.get_one(Market, market.id), query).considered == 2
        session.rollback()
    with own_database.read() as session:
        assert match(session, session.get_one(Market, market.id), query).considered == 1
    own_database.engine.dispose()


def test_what_is_not_committed_is_not_kept(own_database: Database, work: Work) -> None:
    with own_database.write() as session:
        here = replace(work, session=session)
        market = a_market(here)
        a_listing(here, market, at=BALTIMORE)
        seen = columns_of(session, market)
        assert columns_of(session, market) is not seen
    own_database.engine.dispose()
