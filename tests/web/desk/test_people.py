"""Finding people, adding them, correcting what is known: as a coordinator notices it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.people import queries
from resource_hub.people.models import PersonRecord
from tests.factories import a_person
from tests.handoff.stories import NAME, Story
from tests.web.conftest import page, post, send

ADD = "/desk/people/add"
ANA = {"name": "Ana Reyes", "record_number": "MRN-77", "birth": "1950", "postal_code": "21201", "language": "es",
       "phone": "410-555-0123", "safe_to_leave_message": "y"}  # fmt: skip

# A browser sends every list of choices, also when nothing was chosen.
UNKNOWN = dict.fromkeys(("veteran", "insurance", "gender", "pregnant", "disability", "has_id"), "")


@pytest.fixture
def ana(story: Story) -> dict[str, str]:
    """What somebody types to add Ana."""
    return ANA | {"market": story.market.id}


def people_of(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(PersonRecord)) or 0


def test_a_person_is_added_and_shown(desk: FlaskClient, ana: dict[str, str]) -> None:
    shown = page(desk.get(send(desk, ADD, **ana).location))

    assert (shown.title, shown.heading) == ("Person – Resource Hub", "Ana Reyes")
    for text in ("MRN-77", "1950", "21201", "Spanish", "(410) 555-0123", "Message is safe", "75 or 76"):
        assert text in shown.text, text
    for name in ("Find help", "Screen", "Correct"):
        assert name in shown.text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("record_number", "x" * 41),
        ("record_number", "---"),
        ("birth", "last year"),
        ("birth", "1950-02-30"),
        ("birth", "1650"),
        ("postal_code", "2120"),
        ("language", "klingon"),
        ("phone", "123"),
        ("market", "elsewhere"),
        ("market", ""),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_nothing_is_written(
    desk: FlaskClient, work: Work, ana: dict[str, str], field: str, wrong: str
) -> None:
    before = people_of(work)

    shown = page(send(desk, ADD, **{**ana, field: wrong}))

    assert (shown.status, shown.heading) == (422, "Add a person")
    assert f'href="#{field}"' in shown.to_mend
    kept = {name: value for name, value in ana.items() if name in {"name", "record_number", "birth", "phone"}} | (
        {field: wrong} if field in {"name", "record_number", "birth", "postal_code", "phone"} else {}
    )
    for name, value in kept.items():
        assert shown.hidden(name) == value
    assert people_of(work) == before


def test_all_that_is_wrong_is_named_at_once(desk: FlaskClient, ana: dict[str, str]) -> None:
    shown = page(send(desk, ADD, **{**ana, "birth": "soon", "postal_code": "x", "phone": "123"}))

    for field in ("birth", "postal_code", "phone"):
        assert f'href="#{field}"' in shown.to_mend


def test_the_same_form_sent_twice_is_one_person(desk: FlaskClient, work: Work, ana: dict[str, str]) -> None:
    before = people_of(work)
    hidden = page(desk.get(ADD))
    fields = ana | {name: hidden.hidden(name) for name in ("csrf_token", "idempotency_key")}

    first, second = (desk.post(ADD, data=fields) for _ in range(2))

    assert first.location == second.location
    assert (first.status_code, second.status_code) == (303, 303)
    assert people_of(work) == before + 1


def test_the_same_request_with_the_key_in_its_header_is_one_person(
    desk: FlaskClient, work: Work, ana: dict[str, str]
) -> None:
    before = people_of(work)
    fields = ana | {"csrf_token": page(desk.get(ADD)).hidden("csrf_token")}

    first, second = (desk.post(ADD, data=fields, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

    assert first.location == second.location
    assert people_of(work) == before + 1


def test_a_refused_form_can_be_sent_again_with_its_key(desk: FlaskClient, ana: dict[str, str]) -> None:
    hidden = page(desk.get(ADD))
    fields = ana | {name: hidden.hidden(name) for name in ("csrf_token", "idempotency_key")}

    assert desk.post(ADD, data=fields | {"birth": "soon"}).status_code == 422
    assert desk.post(ADD, data=fields).status_code == 303


def test_a_record_number_that_is_taken_is_not_given_twice(desk: FlaskClient, work: Work, ana: dict[str, str]) -> None:
    send(desk, ADD, **ana)

    shown = page(send(desk, ADD, **{**ana, "name": "Somebody Else"}))

    assert shown.status == 422
    assert "already has this record number" in shown.to_mend
    assert "Ana" not in shown.to_mend


def test_a_person_is_found_by_the_record_number_however_it_is_written(desk: FlaskClient, ana: dict[str, str]) -> None:
    added = send(desk, ADD, **ana).location

    found = send(desk, "/desk/people/", "/desk/people/find", record_number=" mrn 77")

    assert found.location == added


def test_somebody_of_another_market_is_not_found(desk: FlaskClient, work: Work, elsewhere: Story) -> None:
    a_person(work, elsewhere.market, "Elsa Where", record_number="MRN-9")

    shown = page(send(desk, "/desk/people/", "/desk/people/find", record_number="MRN-9"))

    assert shown.status == 422
    assert "Nobody has this record number" in shown.to_mend
    assert shown.hidden("record_number") == "MRN-9"


def test_the_list_shows_whom_the_user_worked_with(desk: FlaskClient, work: Work, elsewhere: Story) -> None:
    a_person(work, elsewhere.market, "Elsa Where")
    shown = page(desk.get("/desk/people/"))

    assert shown.heading == "People"
    assert NAME in shown.text
    assert "Elsa" not in shown.text


class TestCorrecting:
    @pytest.fixture
    def at(self, story: Story) -> str:
        return f"/desk/people/{story.person_id}"

    def test_who_they_are(self, desk: FlaskClient, at: str) -> None:
        form = page(desk.get(f"{at}/correct"))
        assert (form.heading, form.hidden("name")) == ("Correct who this is", NAME)

        answer = send(desk, f"{at}/correct", name="Maria Q", birth="1950-03-14", language="ar")

        shown = page(desk.get(answer.location))
        assert shown.heading == "Maria Q"
        for text in ("Saved.", "Arabic", "1950-03-14", "76 years"):
            assert text in shown.text

    @pytest.mark.parametrize(("field", "wrong"), [("name", ""), ("birth", "2150"), ("postal_code", "abc")])
    def test_what_is_wrong_changes_nothing(self, desk: FlaskClient, at: str, field: str, wrong: str) -> None:
        fields = {"name": "Other Name", "birth": "1950", "postal_code": "21201"} | {field: wrong}

        shown = page(send(desk, f"{at}/correct", **fields))

        assert shown.status == 422
        assert f'href="#{field}"' in shown.to_mend
        assert shown.hidden(field) == wrong
        assert page(desk.get(at)).heading == NAME

    def test_facts_are_written_down_with_their_day(self, desk: FlaskClient, at: str) -> None:
        answer = send(
            desk,
            f"{at}/facts",
            **UNKNOWN | {"household_size": "3", "income_fpl": "130", "veteran": "yes", "insurance": "medicaid"},
        )

        shown = page(desk.get(answer.location))
        for text in ("130 %", "Veteran yes", "Medicaid", "Nov 20, 2026"):
            assert text in shown.text
        assert page(desk.get(f"{at}/facts")).hidden("household_size") == "3"

    def test_a_baby_is_months_old_and_insured_twice(self, desk: FlaskClient, at: str) -> None:
        known = UNKNOWN | {"age": "7 months", "insurance": "medicaid, private", "income": "$21,000"}
        shown = page(desk.get(send(desk, f"{at}/facts", **known).location))

        for text in ("7 months", "Medicaid, private", "$21,000"):
            assert text in shown.text
        form = page(desk.get(f"{at}/facts"))
        assert (form.hidden("age"), form.hidden("income")) == ("7 months", "21000")
        assert 'selected value="medicaid, private"' in form.html

    def test_a_fact_that_is_emptied_is_forgotten(self, desk: FlaskClient, at: str) -> None:
        send(desk, f"{at}/facts", **UNKNOWN, household_size="3", income_fpl="130")
        send(desk, f"{at}/facts", **UNKNOWN, household_size="", income_fpl="130")

        shown = page(desk.get(at))
        assert "130 %" in shown.text
        assert "household" not in shown.text

    def test_every_wrong_fact_is_named_and_the_right_ones_wait(self, desk: FlaskClient, at: str) -> None:
        fields = {"age": "old", "household_size": "-1", "income_fpl": "nan", "zip": "1", "veteran": "yes"}

        shown = page(send(desk, f"{at}/facts", **UNKNOWN | fields))

        assert shown.status == 422
        for name in ("age", "household_size", "income_fpl", "zip"):
            assert f'href="#{name}"' in shown.to_mend
            assert shown.hidden(name) == fields[name]
        assert "Nothing known yet" in page(desk.get(at)).text

    def test_a_way_to_reach_them_comes_and_goes(self, desk: FlaskClient, work: Work, at: str, story: Story) -> None:
        answer = send(desk, f"{at}/routes", kind="email", value="m@example.org", note="Not at work")

        shown = page(desk.get(answer.location))
        for text in ("m@example.org", "Not at work", "Leave no message"):
            assert text in shown.text
        route = queries.get_person(work, story.person_id).routes[-1]
        again = post(desk, f"{at}/routes/{route.id}/remove")
        assert "m@example.org" not in page(desk.get(again.location)).text

    @pytest.mark.parametrize(
        ("kind", "value", "field"),
        [
            ("phone", "12", "value"),
            ("email", "nobody", "value"),
            ("other", "", "value"),
            ("pigeon", "coo", "kind"),
            ("other", "x" * 255, "value"),
        ],
    )
    def test_a_way_that_leads_nowhere_is_refused(
        self, desk: FlaskClient, at: str, kind: str, value: str, field: str
    ) -> None:
        shown = page(send(desk, f"{at}/routes", kind=kind, value=value))

        assert shown.status == 422
        assert f'href="#{field}"' in shown.to_mend
        assert shown.hidden("value") == value
