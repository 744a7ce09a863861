"""What the tables know of a listing reaches the ranking: hours, places, languages, documents, checks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import (
    Language,
    Market,
    Phone,
    RequiredDocument,
    Schedule,
    ScheduleException,
)
from resource_hub.matching.queries import columns_of
from resource_hub.matching.rules.words import papers_in
from resource_hub.matching.values import Mode, OpenState, Ranking
from tests.factories import a_listing, stamps
from tests.matching.records import TODAY, add, checked, names, only, open_on


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


def test_a_service_without_a_place_is_ranked_without_distance(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    listing.service_at_location.location_id = None
    listing.service_at_location.modes = ["phone"]

    assert only(ranking(max_km=1)).travel.distance_km is None


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Photo ID", {"has_id"}),
        ("Driver's license.", {"has_id"}),
        ("Government-issued ID, proof of address", {"has_id", "has_proof_of_address"}),
        ("Proof of current residence; proof of household income", {"has_proof_of_address", "has_proof_of_income"}),
        ("Photo ID or birth certificate", {""}),
        ("Birth certificate", {""}),
        ("Proof of citizenship", {""}),
    ],
)
def test_papers_that_are_named_in_words(text: str, facts: set[str]) -> None:
    assert papers_in(text) == facts


def test_papers_in_words_are_asked_for_by_name(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market)
    add(work, market, RequiredDocument, service_id=listing.service.id, document="Proof of address")

    [follow_through] = [part for part in only(ranking()).factors if part.code == "follow_through"]

    assert {"document": "has_proof_of_address"} in [reason.values for reason in follow_through.reasons]
    assert [asked.fact for asked in only(ranking()).questions] == ["has_proof_of_address"]
    assert only(ranking(facts={"has_proof_of_address": True})).questions == ()
