"""Reports of errors: counted not stacked, sealed, due, and closed with what came of them."""

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import BadReport, NoSuchReport, StewardsOnly
from resource_hub.inventory.models import ErrorNote, ErrorReport, Market, Verification
from resource_hub.inventory.queries import checking
from resource_hub.inventory.service.reports import note_place, report_error, resolve
from resource_hub.inventory.values import ReportKind, Resolution
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    return a_listing(work, market)


def revision(work: Work, market: Market) -> int:
    work.session.flush()
    work.session.refresh(market)
    return market.revision


def test_the_same_error_said_again_is_counted_and_moves_nothing_on(
    work: Work, market: Market, listing: Listing
) -> None:
    first = report_error(work, listing.service, ReportKind.HOURS)
    before = revision(work, market)
    again = report_error(work, listing.service, ReportKind.HOURS)
    other = report_error(work, listing.service, ReportKind.PHONE)

    assert (again.id, again.times) == (first.id, 2)
    assert other.id != first.id
    assert before == 1
    assert revision(work, market) == 2


def test_what_was_written_is_sealed_and_only_so_many_texts_are_kept(work: Work, listing: Listing) -> None:
    for number in range(9):
        report = report_error(work, listing.service, ReportKind.OTHER, f"Maria was there {number}")

    notes = work.session.scalars(select(ErrorNote).order_by(ErrorNote.at, ErrorNote.id)).all()
    assert report.times == 9
    assert len(notes) == 5
    assert all(note.sealed_text and b"Maria" not in note.sealed_text for note in notes)
    texts = {work.vault.open(note.sealed_text or b"", note_place(note.id)) for note in notes}
    assert texts == {f"Maria was there {number}" for number in range(5)}
    assert not any("Maria" in str(row.detail) for row in work.session.scalars(select(AuditRow)))


def test_a_text_that_is_too_long_is_refused_and_nothing_is_written(work: Work, listing: Listing) -> None:
    with pytest.raises(BadReport) as refused:
        report_error(work, listing.service, ReportKind.OTHER, "x" * 501)

    assert refused.value.faults[0].field == "note"
    assert work.session.scalars(select(ErrorReport)).all() == []


def test_staff_are_named_and_others_are_not(work: Work, market: Market, listing: Listing) -> None:
    coordinator = a_user(work, Role.COORDINATOR, market)
    report_error(as_actor(work, coordinator), listing.service, ReportKind.PHONE)
    report_error(work, listing.service, ReportKind.HOURS)

    by_kind = {report.kind: report for report in checking.open_reports_of(work.session, listing.service.id)}
    notes = checking.notes_of(work.session, [report.id for report in by_kind.values()])
    assert by_kind["phone"].source == "staff"
    assert [note.written_by for note in notes[by_kind["phone"].id]] == [coordinator.user_id]
    assert by_kind["hours"].source == "resident"
    assert by_kind["hours"].id not in notes


@pytest.mark.parametrize(
    ("resolution", "checked"),
    [(Resolution.FIXED, ["hours"]), (Resolution.WAS_RIGHT, ["hours"]), (Resolution.NOT_FOUND_OUT, [])],
)
def test_a_closed_report_says_how_it_ended_and_may_come_again(
    work: Work, market: Market, listing: Listing, resolution: Resolution, checked: list[str]
) -> None:
    steward = as_actor(work, a_user(work, Role.STEWARD, market))
    report = report_error(work, listing.service, ReportKind.HOURS)
    before = revision(work, market)

    resolve(steward, report.id, resolution)

    assert (report.resolution, report.resolved_by) == (resolution, steward.actor.user_id)
    assert revision(work, market) == before + 1
    assert work.session.scalars(select(Verification.fact_kind)).all() == checked
    assert checking.open_reports_of(work.session, listing.service.id) == []
    assert report_error(work, listing.service, ReportKind.HOURS).id != report.id
    with pytest.raises(NoSuchReport):
        resolve(steward, report.id, resolution)


def test_only_stewards_of_the_market_close_reports(work: Work, market: Market, listing: Listing) -> None:
    report = report_error(work, listing.service, ReportKind.HOURS)
    with pytest.raises(StewardsOnly):
        resolve(as_actor(work, a_user(work, Role.COORDINATOR, market)), report.id, Resolution.FIXED)
    stranger = a_user(work, Role.STEWARD, a_market(work, "elsewhere", noise=False))
    with pytest.raises(NoSuchReport):
        resolve(as_actor(work, stranger), report.id, Resolution.FIXED)
    assert checking.reports_for(work.session, stranger) == []
    assert report.open_key
