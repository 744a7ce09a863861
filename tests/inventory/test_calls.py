"""Calls to check listings: who has which, what came of it, and when it comes again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import BadCall, CallTaken, NoSuchListing, StewardsOnly
from resource_hub.inventory.models import CheckAttempt, Market, Phone, Verification
from resource_hub.inventory.queries import checking
from resource_hub.inventory.queries.listings import get_listing, history_of
from resource_hub.inventory.service.calls import CLAIM, record_call, take_next
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import Call, CallOutcome, FactKind, ListingEdit, RecordEdit, ReportKind
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user, stamps

ALL = frozenset(FactKind)


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    return a_listing(work, market)


@pytest.fixture
def steward(work: Work, market: Market) -> Work:
    return as_actor(work, a_user(work, Role.STEWARD, market))


@pytest.fixture
def another(work: Work, market: Market) -> Work:
    return as_actor(work, a_user(work, Role.STEWARD, market))


def later(work: Work, **by: float) -> Work:
    return Work(work.session, work.actor, work.now + timedelta(**by), work.vault, work.new_id, work.random)


def right(listing: Listing, asked: frozenset[FactKind] = ALL) -> Call:
    return Call(listing.service.id, CallOutcome.RIGHT, asked)


def test_two_stewards_never_have_the_same_listing_until_a_claim_ends(
    steward: Work, another: Work, market: Market, listing: Listing
) -> None:
    order = [listing.service.id, a_listing(steward, market, name="Second").service.id]

    assert take_next(steward, order) == order[0]
    assert take_next(another, order) == order[1]
    assert take_next(steward, order) == order[0]
    assert take_next(later(another, seconds=CLAIM.total_seconds()), order) == order[0]
    assert checking.claimed_by(steward.session, another.actor.user_id, another.now) == order[0]


def test_the_answer_about_a_listing_that_another_steward_has_is_refused(
    steward: Work, another: Work, listing: Listing
) -> None:
    take_next(another, [listing.service.id])

    with pytest.raises(CallTaken):
        record_call(steward, right(listing))
    assert steward.session.scalars(select(CheckAttempt)).all() == []
    record_call(later(steward, seconds=CLAIM.total_seconds()), right(listing))


def test_right_checks_what_was_asked_about_and_moves_the_market_on(
    steward: Work, market: Market, listing: Listing
) -> None:
    take_next(steward, [listing.service.id])
    record_call(steward, right(listing, frozenset({FactKind.HOURS, FactKind.PHONE})))

    rows = steward.session.scalars(select(Verification)).all()
    assert {(row.fact_kind, row.source, row.verified_on) for row in rows} == {
        ("hours", "steward", date(2026, 11, 20)),
        ("phone", "steward", date(2026, 11, 20)),
    }
    steward.session.refresh(market)
    assert market.revision == 1
    attempt = steward.session.scalars(select(CheckAttempt)).one()
    assert (attempt.outcome, attempt.user_id, attempt.next_on) == (
        "right", steward.actor.user_id, date(2026, 12, 20),
    )  # fmt: skip
    assert checking.claimed_by(steward.session, steward.actor.user_id, steward.now) is None


def test_a_phone_is_changed_in_place_with_its_history_and_the_report_about_it_is_fixed(
    steward: Work, market: Market, listing: Listing
) -> None:
    phone = Phone(**stamps(steward, market), service_id=listing.service.id, number="410-555-0100")
    steward.session.add(phone)
    steward.session.flush()
    wrong = report_error(steward, listing.service, ReportKind.PHONE)
    hours = report_error(steward, listing.service, ReportKind.HOURS)
    shown = get_listing(steward.session, steward.actor, listing.service.id)
    edit = ListingEdit(
        listing.service.id, shown.changed_at, (RecordEdit("phone", phone.id, {"number": "410-555-0199"}),)
    )

    record_call(steward, Call(listing.service.id, CallOutcome.CHANGED, frozenset({FactKind.HOURS}), edit))

    assert phone.number == "410-555-0199"
    (change,) = history_of(steward.session, shown)
    assert (change.previous_value, change.replacement_value) == ("410-555-0100", "410-555-0199")
    assert (wrong.resolution, hours.resolution) == ("fixed", "was-right")


def test_closed_is_defunct_with_its_history_and_never_called_again(steward: Work, listing: Listing) -> None:
    report = report_error(steward, listing.service, ReportKind.CLOSED)
    record_call(steward, Call(listing.service.id, CallOutcome.CLOSED))

    assert listing.service.status == "defunct"
    shown = get_listing(steward.session, steward.actor, listing.service.id)
    assert [change.field_name for change in history_of(steward.session, shown)] == ["status"]
    assert report.resolution == "fixed"
    assert steward.session.scalars(select(CheckAttempt.next_on)).one() is None


def test_each_call_that_nobody_answers_waits_longer_until_somebody_does(steward: Work, listing: Listing) -> None:
    call, nobody = right(listing), Call(listing.service.id, CallOutcome.NO_ANSWER)
    for place, one in enumerate((nobody, nobody, nobody, call, nobody)):
        record_call(later(steward, days=40 * place), one)

    attempts = steward.session.scalars(select(CheckAttempt).order_by(CheckAttempt.at)).all()
    waits = [(attempt.next_on - attempt.at.date()).days for attempt in attempts if attempt.next_on]
    # Friday to Monday; Wednesday to Monday over New Year's weekend; and so on.
    assert waits[0] == 3
    assert waits[0] < waits[2] > waits[4]
    assert steward.session.scalars(select(Verification.verified_on)).all() == [date(2027, 3, 20)] * len(FactKind)


@pytest.mark.parametrize(
    ("call", "how"),
    [
        (lambda one: Call(one.service.id, CallOutcome.RIGHT), "Mark what you asked about"),
        (lambda one: Call(one.service.id, CallOutcome.CHANGED), "Change a field"),
        (
            lambda one: Call(one.service.id, CallOutcome.RIGHT, ALL, ListingEdit(one.service.id, one.service.changed_at,
                (RecordEdit("service", one.service.id, {"name": "Other"}),))),
            "save what changed",
        ),
    ],
)  # fmt: skip
def test_a_call_that_says_too_little_is_refused(steward: Work, listing: Listing, call: object, how: str) -> None:
    assert callable(call)
    with pytest.raises(BadCall, match=how):
        record_call(steward, call(listing))
    assert steward.session.scalars(select(CheckAttempt)).all() == []


def test_calls_are_for_stewards_of_the_market(steward: Work, work: Work, market: Market, listing: Listing) -> None:
    elsewhere = a_listing(work, a_market(work, "elsewhere", noise=False))
    with pytest.raises(NoSuchListing):
        record_call(steward, right(elsewhere))
    coordinator = as_actor(work, a_user(work, Role.COORDINATOR, market))
    with pytest.raises(StewardsOnly):
        take_next(coordinator, [listing.service.id])
    with pytest.raises(StewardsOnly):
        record_call(coordinator, right(listing))
