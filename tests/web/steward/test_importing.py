"""A steward imports on pages: choose, map, see what would change, go on; others do not."""

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.app import make_hub
from resource_hub.core.db import Database
from resource_hub.inventory.models import ImportConflict, ImportJob, Market
from resource_hub.web.shared.hub import EXTENSION
from resource_hub.web.steward.importing import harmless
from tests.factories import a_listing, a_market, a_user
from tests.web.conftest import SETTINGS, page, post, send

AT = "/steward/import"
SignedIn = Callable[[Actor], FlaskClient]
LIST = b"Charity,Program,Street Address,Zone 7\nHarbor Table,Pantry,1 Light St,x\n"


@pytest.fixture
def app(made: Flask, database: Database, work: Work, tmp_path: Path) -> Flask:
    made.extensions[EXTENSION] = make_hub(replace(SETTINGS, instance=tmp_path), database, lambda: work.now)
    return made


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def upload(client: FlaskClient, market: Market, data: bytes = LIST, name: str = "list.csv") -> TestResponse:
    return send(client, AT, market=market.id, file=(BytesIO(data), name))


def the_job(work: Work) -> ImportJob:
    return work.session.scalars(select(ImportJob).execution_options(populate_existing=True)).one()


def test_a_flat_file_shows_its_columns_and_its_rows(steward: FlaskClient, market: Market) -> None:
    answer = upload(steward, market)
    shown = page(steward.get(answer.headers["Location"]))
    assert shown.heading == "What the columns are"
    assert all(words in shown.text for words in ("zone 7", "Not clear", "Harbor Table", "1 Light St"))
    assert '<option value="organization.name" selected>' in shown.html


def test_the_rows_follow_the_choice_and_nothing_is_kept_before(
    steward: FlaskClient, market: Market, work: Work
) -> None:
    at = upload(steward, market).headers["Location"]
    chosen = {"field.0.0": "organization.name", "field.0.3": "service.description", "preview": "y"}
    shown = page(send(steward, at, f"{at}/mapping", **chosen))
    assert "Service: Description" in shown.text
    assert "Service: Name" not in shown.text.partition("as they would be read")[2]
    assert the_job(work).state == "mapping"


def test_the_mapping_is_taken_and_saved(steward: FlaskClient, market: Market, work: Work) -> None:
    at = upload(steward, market).headers["Location"]
    sent = send(steward, at, f"{at}/mapping", **{"field.0.0": "organization.name", "save_as": "County"})
    assert sent.status_code == 303
    assert the_job(work).state == "looking"
    shown = page(steward.get(at))
    assert "Waiting for its turn" in shown.text
    assert '<noscript><meta http-equiv="refresh"' in shown.html


def test_a_mapping_without_organization_is_refused_on_the_page(steward: FlaskClient, market: Market) -> None:
    at = upload(steward, market).headers["Location"]
    shown = page(send(steward, at, f"{at}/mapping", **{"field.0.1": "service.name"}))
    assert shown.status == 422
    assert "No column is mapped to organization.name" in shown.to_mend


@pytest.mark.parametrize(("name", "data"), [("list.exe", b"x"), ("list.csv", b""), ("", b"x")])
def test_what_cannot_be_taken_is_said(steward: FlaskClient, market: Market, name: str, data: bytes) -> None:
    shown = page(upload(steward, market, data, name))
    assert shown.status == 422
    assert "Something needs mending" in shown.to_mend


def test_a_file_that_no_table_is_can_be_read_in_says_so_without_a_failure(steward: FlaskClient, market: Market) -> None:
    at = upload(steward, market, b"\xff\xfe\0x").headers["Location"]
    assert page(steward.get(at)).status == 422
    assert page(steward.get(AT)).status == 200


def test_a_report_is_shown_and_downloaded(steward: FlaskClient, market: Market, work: Work) -> None:
    at = upload(steward, market, b"PK", "list.zip").headers["Location"]
    job = the_job(work)
    job.state = "looked"
    problem = {"file": "=HYPERLINK(1)", "row": 2, "field": "name", "code": "missing", "text": "Fill the cell."}
    difference = {
        "table": "service", "record_id": "1", "name": "Pantry", "field": "fees_description", "before": "Free",
        "after": "<b>Five</b>", "kept": True,
    }  # fmt: skip
    tallies = {name: {"service": 1} for name in ("read", "created", "updated", "unchanged", "skipped")}
    job.report = {
        **tallies, "bad_rows": 1, "problems": [problem], "problem_counts": {"missing": 1},
        "differences": [difference] * 60, "difference_counts": {"changed": 0, "kept": 60},
    }  # fmt: skip
    work.session.flush()
    shown = page(steward.get(at))
    assert all(words in shown.text for words in ("Fill the cell.", "a steward wrote the other", "leave bad rows out"))
    assert "<b>Five" not in shown.html
    assert page(steward.get(f"{at}?page=2")).html.count("Pantry") == 10
    rows = list(csv.reader(StringIO(steward.get(f"{at}/problems.csv").get_data(as_text=True))))
    assert rows[1] == ["'=HYPERLINK(1)", "2", "name", "missing", "Fill the cell."]
    send(steward, at, f"{at}/go", skip_bad_rows="y")
    assert (the_job(work).state, the_job(work).skip_bad_rows) == ("waiting", True)
    assert post(steward, f"{at}/go").status_code == 409
    assert post(steward, f"{at}/stop").status_code == 303
    assert "being stopped" in page(steward.get(at)).text


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("plain") == "plain"


def test_imports_of_other_markets_are_not_there(
    steward: FlaskClient, market: Market, work: Work, signed_in: SignedIn
) -> None:
    at = upload(steward, market).headers["Location"]
    other = signed_in(a_user(work, Role.STEWARD, a_market(work, "elsewhere", noise=False)))
    assert other.get(at).status_code == 404
    assert post(other, f"{at}/drop").status_code == 404
    assert "list.csv" not in page(other.get(AT)).text
    lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, market))
    assert lead.get(AT).status_code == 403


def test_the_file_is_thrown_away(steward: FlaskClient, market: Market, work: Work, tmp_path: Path) -> None:
    at = upload(steward, market).headers["Location"]
    assert [path.name for path in (tmp_path / "imports").iterdir()] == [the_job(work).id]
    post(steward, f"{at}/drop")
    assert (the_job(work).state, list((tmp_path / "imports").iterdir())) == ("cancelled", [])


def test_a_conflict_is_decided_with_one_click(steward: FlaskClient, market: Market, work: Work) -> None:
    upload(steward, market)
    service = a_listing(work, market, fees_description="One dollar").service
    conflict = ImportConflict(
        id="00000000-0000-4000-8000-000000000001", market_id=market.id, job_id=the_job(work).id,
        resource_type="service", resource_id=service.id, field_name="fees_description", ours="One dollar",
        theirs="Five dollars", theirs_value={"value": "Five dollars"}, seen_at=work.now,
    )  # fmt: skip
    work.session.add(conflict)
    work.session.flush()
    shown = page(steward.get("/steward/conflicts"))
    assert all(words in shown.text for words in ("One dollar", "Five dollars", "list.csv"))
    post(steward, f"/steward/conflicts/{conflict.id}/take")
    work.session.refresh(service)
    assert service.fees_description == "Five dollars"
    assert "Nothing to decide" in page(steward.get("/steward/conflicts")).text
    assert post(steward, f"/steward/conflicts/{conflict.id}/keep").status_code == 409


def test_gaps_have_a_word_and_a_sign(steward: FlaskClient, market: Market, work: Work) -> None:
    a_listing(work, market)
    shown = page(steward.get(f"/steward/gaps/{market.id}"))
    assert shown.heading == "Where needs have no answer"
    assert "✕ None" in shown.text
    assert '<g class="heat__cell--hole">' in shown.html
    elsewhere = a_market(work, "elsewhere", noise=False)
    assert steward.get(f"/steward/gaps/{elsewhere.id}").status_code == 404


def test_words_of_a_code_are_in_the_language_of_each_reader(steward: FlaskClient, market: Market) -> None:
    at = f"/steward/gaps/{market.id}"
    assert "✕ None" in page(steward.get(at)).text
    assert "✕ Ninguno" in page(steward.get(at, headers={"Accept-Language": "es"})).text
