"""What is stored opens only with the key, only in its own place, and no more of it than is asked for."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place, Unreadable, Vault
from resource_hub.inventory.models import Market
from resource_hub.people import queries, service
from resource_hub.people.errors import RecordNumberTaken
from resource_hub.people.models import ContactRoute, PersonFact, PersonRecord
from resource_hub.people.values import Corrections, NewPerson, NewRoute, RouteKind
from tests.people.ana import ANA


class CountingVault(Vault):
    def __init__(self, keys: tuple[bytes, ...]) -> None:
        super().__init__(keys)
        self.columns: list[str] = []

    def open(self, sealed: bytes, place: Place) -> str:
        self.columns.append(place.column)
        return super().open(sealed, place)


def test_a_number_taken_under_an_older_key_is_still_taken(mine: Work, here: Market) -> None:
    service.add_person(mine, here.id, ANA)
    rotated = replace(mine, vault=Vault((b"n" * 32, bytes(range(32)))))

    with pytest.raises(RecordNumberTaken):
        service.add_person(rotated, here.id, replace(ANA, name="Bo"))


def test_with_rotated_keys_old_and_new_people_open_and_without_the_old_key_they_do_not(
    mine: Work, here: Market
) -> None:
    old = service.add_person(mine, here.id, ANA)
    rotated = replace(mine, vault=Vault((b"n" * 32, bytes(range(32)))))
    new = service.add_person(rotated, here.id, NewPerson(name="Bo", record_number="2"))

    assert [queries.get_person(rotated, one.id).name for one in (old, new)] == ["Ana Reyes", "Bo"]
    found = [queries.find_by_record_number(rotated, here.id, number) for number in ("MRN8012", "2")]
    assert [one.id for one in found if one] == [old.id, new.id]
    with pytest.raises(Unreadable):
        queries.get_person(replace(mine, vault=Vault((b"n" * 32,))), old.id)


def test_a_sealed_field_does_not_open_in_somebody_elses_row(mine: Work, here: Market) -> None:
    ana, bo = service.add_person(mine, here.id, ANA), service.add_person(mine, here.id, NewPerson(name="Bo"))
    bo.sealed_name = ana.sealed_name

    with pytest.raises(Unreadable):
        queries.get_person(mine, bo.id)


def test_each_field_is_opened_once_and_a_list_opens_only_what_it_shows(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)
    counting = CountingVault((bytes(range(32)),))

    queries.get_person(replace(mine, vault=counting), record.id)
    page = sorted(counting.columns)
    counting.columns.clear()
    queries.recent_people(replace(mine, vault=counting))

    assert page == [
        "sealed_birth", "sealed_language", "sealed_name", "sealed_note", "sealed_postal_code",
        "sealed_record_number", "sealed_value", "sealed_value", "sealed_value",
    ]  # fmt: skip
    assert sorted(counting.columns) == ["sealed_name", "sealed_record_number"]


def test_no_audit_row_holds_anything_about_a_person(mine: Work, here: Market) -> None:
    record = service.add_person(mine, here.id, ANA)
    service.correct_person(mine, record.id, Corrections(name="Anna Reyes"))
    service.set_fact(mine, record.id, "income_fpl", 138.0, mine.now.date())
    service.add_route(mine, record.id, NewRoute(RouteKind.EMAIL, "ana@mail.example.org"))

    written = str(list(mine.session.scalars(select(AuditRow.detail))))

    for canary in ("Ana", "Anna", "80-12", "8012", "1950", "21201", "555", "five", "138", "mail.example"):
        assert canary not in written


def test_no_column_of_a_person_holds_plain_text(mine: Work, here: Market) -> None:
    service.add_person(mine, here.id, ANA)

    written = b"\n".join(
        value if isinstance(value, bytes) else str(value).encode()
        for table in (PersonRecord, PersonFact, ContactRoute)
        for row in mine.session.execute(select(*table.__table__.columns))
        for value in row
    )

    # Long enough not to turn up in sealed bytes by chance.
    for canary in ("Reyes", "80-12", "MRN8012", "1950-", "21201", "555-01", "55501", "after five", "library"):
        assert canary.encode() not in written
