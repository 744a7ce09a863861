"""People are added, corrected and found, and every act is written down by the names of fields only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import SYSTEM, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import Invalid, NotFound
from resource_hub.inventory.models import Market
from resource_hub.people import queries, service
from resource_hub.people.errors import BadPerson, RecordNumberTaken
from resource_hub.people.models import ContactRoute
from resource_hub.people.rules.validate import MOST_ROUTES
from resource_hub.people.values import Corrections, NewPerson, NewRoute, RouteKind
from tests.conftest import as_actor
from tests.factories import a_person, a_user
from tests.people.ana import ANA

TODAY = ANA.facts[0].as_of


def audited(work: Work, person_id: str) -> list[tuple[str, dict[str, str]]]:
    query = select(AuditRow).where(AuditRow.subject_id == person_id).order_by(AuditRow.position)
    return [(row.action, row.detail) for row in work.session.scalars(query)]


def test_a_person_comes_back_as_they_were_added(mine: Work, here: Market) -> None:
    a_person(mine, here, name="Noise")
    record = service.add_person(mine, here.id, ANA)
    mine.session.expire_all()

    person = queries.get_person(mine, record.id)

    assert (person.name, person.record_number, person.birth) == ("Ana Reyes", "MRN 80-12", "1950-03-14")
    assert (person.postal_code, person.language, person.facts[0].value) == ("21201", "es", True)
    assert [(route.value, route.note, route.safe_to_leave_message) for route in person.routes] == [
        ("+14105550123", "after five", True),
        ("the library", "", False),
    ]
    assert audited(mine, record.id) == [("person.added", {"fields": "birth,language,name,postal_code,record_number"})]


def test_opening_a_person_is_written_down_and_nothing_about_them_is(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    assert service.open_person(mine, record.id).name == "Ana Reyes"

    row = mine.session.scalars(select(AuditRow).where(AuditRow.action == "person.opened")).one()
    assert (row.subject_id, row.actor_id, row.chain, row.detail) == (record.id, mine.actor.user_id, here.id, {})


@pytest.mark.parametrize("number", ["mrn8012", "MRN 80-12", "mrn-80 12"])
def test_a_person_is_found_by_their_record_number_in_their_market(
    mine: Work, here: Market, neighbours: Work, number: str
) -> None:
    record = service.add_person(mine, here.id, ANA)
    (elsewhere,) = neighbours.actor.market_ids
    other = service.add_person(neighbours, elsewhere, replace(ANA, name="Somebody else"))

    found = queries.find_by_record_number(mine, here.id, number)
    theirs = queries.find_by_record_number(neighbours, elsewhere, number)

    assert found
    assert (found.id, found.name) == (record.id, "Ana Reyes")
    assert theirs
    assert theirs.id == other.id
    assert queries.find_by_record_number(neighbours, here.id, number) is None
    assert queries.find_by_record_number(mine, here.id, "8012") is None


def test_a_record_number_is_had_once_and_the_refusal_does_not_say_by_whom(mine: Work, here: Market) -> None:
    service.add_person(mine, here.id, ANA)

    with pytest.raises(RecordNumberTaken) as refusal:
        service.add_person(mine, here.id, NewPerson(name="Bo", record_number="mrn8012"))

    assert refusal.value.code == "record_number_taken"
    assert "Ana" not in refusal.value.text


def test_two_at_the_same_moment_do_not_both_get_the_number(
    mine: Work, here: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.add_person(mine, here.id, ANA)
    monkeypatch.setattr(queries, "find_record", lambda *_: None)

    with pytest.raises(RecordNumberTaken):
        service.add_person(mine, here.id, NewPerson(name="Bo", record_number="mrn8012"))


def test_recent_people_are_those_that_the_user_worked_on_newest_first(mine: Work, here: Market) -> None:
    colleague = as_actor(mine, a_user(mine, Role.SOCIAL_WORKER, here))
    first = service.add_person(mine, here.id, NewPerson(name="First"))
    service.add_person(colleague, here.id, NewPerson(name="Only the colleague's"))
    theirs = service.add_person(colleague, here.id, NewPerson(name="Theirs, then mine"))
    later = replace(mine, now=mine.now + timedelta(hours=1))
    service.set_fact(later, theirs.id, "veteran", value=False, as_of=TODAY)

    assert [person.name for person in queries.recent_people(mine)] == ["Theirs, then mine", "First"]
    assert [person.id for person in queries.recent_people(mine, limit=1)] == [theirs.id]
    assert first.id in [person.id for person in queries.recent_people(replace(mine, actor=SYSTEM))]
    moved_away = as_actor(mine, replace(mine.actor, market_ids=frozenset()))
    assert queries.recent_people(moved_away) == []


def test_corrections_change_what_they_name_and_are_written_down_by_field(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    service.correct_person(mine, record.id, Corrections(name="Ana Reyes", birth="1951", postal_code=""))

    person = queries.get_person(mine, record.id)
    assert (person.name, person.birth, person.postal_code, person.language) == ("Ana Reyes", "1951", "", "es")
    assert audited(mine, record.id)[1:] == [("person.corrected", {"fields": "birth,postal_code"})]


def test_a_correction_that_changes_nothing_writes_nothing(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    service.correct_person(mine, record.id, Corrections(name=" Ana  Reyes ", record_number="MRN 80-12"))

    assert len(audited(mine, record.id)) == 1


def test_a_corrected_record_number_is_the_one_that_finds(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)
    other = service.add_person(mine, here.id, NewPerson(name="Bo", record_number="9"))

    service.correct_person(mine, record.id, Corrections(record_number="10"))

    found = queries.find_by_record_number(mine, here.id, "10")
    assert found
    assert found.id == record.id
    assert queries.find_by_record_number(mine, here.id, "MRN8012") is None
    with pytest.raises(RecordNumberTaken):
        service.correct_person(mine, other.id, Corrections(record_number="10"))
    service.correct_person(mine, record.id, Corrections(record_number=""))
    service.correct_person(mine, other.id, Corrections(record_number="10"))


def test_a_bad_correction_changes_nothing(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    with pytest.raises(BadPerson):
        service.correct_person(mine, record.id, Corrections(name="", birth="1960"))

    assert queries.get_person(mine, record.id).birth == "1950-03-14"


def test_a_fact_is_stated_again_and_forgotten(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    service.set_fact(mine, record.id, "veteran", value="no", as_of=TODAY - timedelta(days=3))
    service.set_fact(mine, record.id, "income_fpl", value=138.5, as_of=TODAY)
    facts = {fact.name: (fact.value, fact.as_of) for fact in queries.get_person(mine, record.id).facts}
    service.remove_fact(mine, record.id, "veteran")
    service.remove_fact(mine, record.id, "veteran")

    assert facts == {"veteran": (False, TODAY - timedelta(days=3)), "income_fpl": (138.5, TODAY)}
    assert [fact.name for fact in queries.get_person(mine, record.id).facts] == ["income_fpl"]
    assert audited(mine, record.id)[1:] == [
        ("person.fact_set", {"fields": "veteran"}),
        ("person.fact_set", {"fields": "income_fpl"}),
        ("person.fact_removed", {"fields": "veteran"}),
    ]


@pytest.mark.parametrize(("name", "value"), [("shoe_size", 9.0), ("age", 131.0), ("insurance", "gold")])
def test_a_fact_that_cannot_be_is_refused(mine: Work, here: Market, name: str, value: float | str) -> None:
    record = service.add_person(mine, here.id, NewPerson(name="Bo"))

    with pytest.raises(Invalid):
        service.set_fact(mine, record.id, name, value, TODAY)

    assert not queries.get_person(mine, record.id).facts


def test_contact_routes_are_tried_in_the_order_they_were_added(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)

    added = service.add_route(mine, record.id, NewRoute(RouteKind.TEXT, "443 555 0199"))
    service.remove_route(mine, record.id, queries.get_person(mine, record.id).routes[0].id)
    mine.session.expire_all()

    routes = queries.get_person(mine, record.id).routes
    assert [route.value for route in routes] == ["the library", "+14435550199"]
    assert routes[1].id == added
    ranks = select(ContactRoute.rank).where(ContactRoute.person_id == record.id).order_by(ContactRoute.rank)
    assert list(mine.session.scalars(ranks)) == [2, 3]
    assert [action for action, _ in audited(mine, record.id)[1:]] == ["person.route_added", "person.route_removed"]


def test_a_route_is_taken_away_from_its_own_person_only(mine: Work, here: Market) -> None:
    ana, bo = service.add_person(mine, here.id, ANA), service.add_person(mine, here.id, NewPerson(name="Bo"))

    with pytest.raises(NotFound):
        service.remove_route(mine, bo.id, queries.get_person(mine, ana.id).routes[0].id)


def test_there_is_an_end_to_contact_routes(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, NewPerson(name="Bo"))
    for _ in range(MOST_ROUTES):
        service.add_route(mine, record.id, NewRoute(RouteKind.OTHER, "the library"))

    with pytest.raises(BadPerson, match="at most"):
        service.add_route(mine, record.id, NewRoute(RouteKind.OTHER, "the library"))
