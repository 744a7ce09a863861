"""A steward uploads, maps, looks and imports; a worker does the work; nothing is written by halves."""

import stat
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.exchange.importing import jobs, running
from resource_hub.exchange.importing.files import LARGEST_UPLOAD, Progress, Store, safe_name
from resource_hub.exchange.importing.running import MOST_ATTEMPTS, clear_away, run_next
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.inventory.errors import ImportMovedOn, NoSuchImport, NoSuchMarket, StewardsOnly
from resource_hub.inventory.models import Change, ImportJob, Organization, Service
from tests.conftest import as_actor
from tests.exchange.importing.conftest import LIST, Imports
from tests.factories import a_market, a_user


def services(imports: Imports) -> list[str]:
    query = select(Service.name).where(Service.market_id == imports.market.id).order_by(Service.name)
    return list(imports.steward.session.scalars(query))


def test_a_flat_file_waits_for_its_mapping_and_changes_nothing_before_it_is_wanted(imports: Imports) -> None:
    job = imports.upload()
    assert job.state == "mapping"
    job = imports.map_and_look(job)
    assert (job.state, job.report["created"]["service"] if job.report else None) == ("looked", 1)
    assert services(imports) == []
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    job = imports.run(job)
    assert job.state == "done"
    assert services(imports) == ["Pantry"]


def test_whoever_asked_stands_in_the_audit_log(imports: Imports) -> None:
    imports.whole()
    query = select(AuditRow.actor_id).where(AuditRow.action == "inventory.imported")
    assert set(imports.steward.session.scalars(query)) == {imports.steward.actor.user_id}


def test_the_same_file_again_is_the_import_that_is_open(imports: Imports) -> None:
    first = imports.upload()
    assert imports.upload(name="again.csv").id == first.id
    assert imports.store.kept() == {first.id}


def test_the_same_import_twice_changes_nothing_and_says_so(imports: Imports) -> None:
    imports.whole()
    report = imports.whole().report
    assert report
    assert (report["created"], report["updated"], report["differences"]) == ({}, {}, [])


def test_differences_are_said_field_by_field(imports: Imports) -> None:
    imports.whole()
    changed = LIST.replace("Program", "Program,Fees").replace("Pantry", "Pantry,Free")
    imports.whole(changed)
    job = imports.map_and_look(imports.upload(changed.replace("Free", "Two dollars")))
    assert job.report
    (difference,) = job.report["differences"]
    assert (difference["table"], difference["name"], difference["field"]) == ("service", "Pantry", "fees_description")
    assert (difference["before"], difference["after"]) == ("Free", "Two dollars")
    assert (
        imports.steward.session.scalar(
            select(func.count()).select_from(Change).where(Change.replacement_value == "Two dollars")
        )
        == 0
    )


def test_a_saved_mapping_is_found_for_the_next_file(imports: Imports) -> None:
    job = imports.upload()
    head = jobs.head_of(imports.steward, imports.store, job)
    mapping = replace(head.mapping, source="county")
    jobs.choose_mapping(imports.steward, imports.store, job.id, mapping, "County list")
    later = imports.upload(LIST + "Casa,Shelter,2 Light St,\n")
    assert jobs.head_of(imports.steward, imports.store, later).mapping.source == "county"


def test_bad_rows_wait_for_a_word(imports: Imports) -> None:
    job = imports.map_and_look(imports.upload(LIST + ",Orphan,3 Light St,\n"))
    assert job.report
    assert (job.report["bad_rows"], job.report["created"]["service"]) == (1, 1)
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    assert imports.run(job).state == "looked"
    assert services(imports) == []
    jobs.go_on(imports.steward, job.id, skip_bad_rows=True)
    assert imports.run(job).state == "done"
    assert services(imports) == ["Pantry"]


def test_an_upload_is_for_its_owner_alone_and_goes_when_it_is_done(imports: Imports) -> None:
    job = imports.upload()
    file = imports.store.file(job.id, job.file_name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    job = imports.map_and_look(job)
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    imports.run(job)
    assert imports.store.kept() == set()


def test_what_was_asked_to_stop_ends_with_nothing_written(imports: Imports) -> None:
    job = imports.map_and_look(imports.upload())
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    imports.store.stop(job.id)
    assert imports.run(job).state == "cancelled"
    assert services(imports) == []


def test_a_worker_that_died_leaves_a_job_that_another_takes_up(
    imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = imports.map_and_look(imports.upload())
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    imports.steward.session.flush()

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(running, "remember", die)
        with pytest.raises(KeyboardInterrupt):
            run_next(imports.write, imports.write, imports.store)
    assert services(imports) == []
    assert imports.run(job).state == "done"
    assert services(imports) == ["Pantry"]


def test_a_job_that_kills_every_worker_is_given_up(imports: Imports) -> None:
    job = imports.map_and_look(imports.upload())
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)
    job.attempts = MOST_ATTEMPTS
    imports.steward.session.flush()
    assert not run_next(imports.write, imports.write, imports.store)
    imports.steward.session.expire_all()
    assert imports.steward.session.get_one(ImportJob, job.id).state == "failed"


def test_a_surprise_ends_the_job_and_not_the_worker(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> None:
    job = imports.map_and_look(imports.upload())
    jobs.go_on(imports.steward, job.id, skip_bad_rows=False)

    def surprise(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(running, "carry_out", surprise)
    job = imports.run(job)
    assert (job.state, job.refusal) == ("failed", "Something went wrong on our side. Nothing was changed.")


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(imports: Imports) -> None:
    job = imports.upload("not a zip", "list.zip")
    job = imports.run(job)
    assert job.state == "refused"
    assert job.refusal
    assert "neither a folder nor a .zip" in job.refusal


def test_two_workers_do_not_import_into_one_market(imports: Imports) -> None:
    imports.map_and_look(imports.upload())
    imports.upload("x", "other.zip")
    imports.steward.session.flush()
    with imports.store.alone(imports.market.id) as mine:
        assert mine
        assert not run_next(imports.write, imports.write, imports.store)
    assert run_next(imports.write, imports.write, imports.store)


def test_what_nobody_goes_on_with_is_cleared_away(imports: Imports) -> None:
    job = imports.upload()
    job.requested_at -= timedelta(days=8)
    imports.steward.session.flush()
    assert clear_away(imports.write, imports.store) == 1
    imports.steward.session.expire_all()
    assert imports.steward.session.get_one(ImportJob, job.id).state == "cancelled"
    assert imports.store.kept() == set()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("list.exe", b"x", "ends in one of"), ("list", b"x", "ends in one of"), ("list.csv", b"", "empty")],
)
def test_other_files_are_refused_and_not_kept(imports: Imports, name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        jobs.upload(imports.steward, imports.store, imports.market.id, name, BytesIO(data))
    assert imports.store.kept() == set()


def test_a_file_that_is_too_large_is_not_kept(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource_hub.exchange.importing.files.LARGEST_UPLOAD", 10)
    with pytest.raises(BadFile, match="larger"):
        imports.upload()
    assert imports.store.kept() == set()
    assert LARGEST_UPLOAD > 10


def test_other_people_and_markets(imports: Imports) -> None:
    work, job = imports.steward, imports.upload()
    elsewhere = a_market(work, "elsewhere", noise=False)
    other = replace(as_actor(work, a_user(work, Role.STEWARD, elsewhere)), new_id=work.new_id)
    with pytest.raises(NoSuchMarket):
        jobs.upload(other, imports.store, imports.market.id, "list.csv", BytesIO(b"x"))
    with pytest.raises(NoSuchImport):
        jobs.give_up(other, imports.store, job.id)
    partner = as_actor(work, a_user(work, Role.PROGRAMME_LEAD, imports.market))
    with pytest.raises(StewardsOnly):
        jobs.give_up(partner, imports.store, job.id)
    with pytest.raises(ImportMovedOn):
        jobs.go_on(work, job.id, skip_bad_rows=False)


def test_names_lead_nowhere() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\lists\\March 2026.xlsx") == "March 2026.xlsx"
    assert safe_name("x" * 500 + ".csv").endswith(".csv")
    assert safe_name("…/") == "file"


def test_progress_is_what_was_said_last(store: Store) -> None:
    (store.folder / "1").mkdir(parents=True)
    assert store.progress("1") == Progress()
    store.say("1", Progress(5, 10))
    assert store.progress("1").percent == 50
    store.say("gone", Progress(1, 2))
    assert store.progress("gone") == Progress()


def test_the_records_say_which_import_they_came_from(imports: Imports) -> None:
    job = imports.whole()
    query = select(Organization.created_at).where(Organization.market_id == imports.market.id)
    assert set(imports.steward.session.scalars(query)) == {job.applied_at}
