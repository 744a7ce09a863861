"""What people say is in no byte of the database's files."""

import random
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.people import consent, service
from resource_hub.people.values import (
    Basis,
    ConsentTerms,
    Corrections,
    HowGiven,
    NewPerson,
    NewRoute,
    RouteKind,
)
from resource_hub.screening.service import record_screening
from resource_hub.screening.values import Answer, WantsHelp
from tests.factories import a_market, an_organization

ZORA = NewPerson(
    name="Zoraida Quetzalli",
    record_number="MRN-9081726354",
    birth="1931-07-29",
    postal_code="99723",
    language="quc-latn-gt",
    routes=(
        NewRoute(RouteKind.PHONE, "907-555-0187 x4321", "knock twice at the blue gate"),
        NewRoute(RouteKind.EMAIL, "zora.q@mail.example.org"),
        NewRoute(RouteKind.OTHER, "through the ferry office"),
    ),
)
# Long enough, or with signs that no identifier has, so that chance does not write them.
CANARIES = (
    "Zoraida", "Quetzalli", "Xochitl", "9081726354", "1931-07-29", "quc-Latn-GT", "9075550187", "ext=4321", "blue gate",
    "zora.q", "ferry office", "4391.25", 'light-heat-water", "yes', '["rides"',
)  # fmt: skip
MARKER = b"Harbor Table"


def everything_about_zora(work: Work) -> None:
    market = a_market(work)
    person = service.add_person(work, market.id, ZORA)
    service.correct_person(work, person.id, Corrections(name="Zoraida Xochitl Quetzalli"))
    service.set_fact(work, person.id, "income_fpl", 4391.25, work.now.date())
    terms = ConsentTerms(frozenset({"name"}), Basis.TREATMENT, HowGiven.VERBAL, 30)
    given = consent.give(work, person.id, an_organization(work, market).id, terms)
    consent.shared_person(work, given.id, given.organization_id, work.now.date())
    answers = [Answer("light-heat-water", "yes"), Answer("rides", "rarely")]
    record_screening(work, person.id, "short-screener", answers, {"homelessness": WantsHelp.YES})
    service.open_person(work, person.id)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("hub.db*")))


@pytest.fixture
def written(migrated_file: Path, tmp_path: Path) -> Callable[[Vault, datetime], bytes]:
    def write(vault: Vault, now: datetime) -> bytes:
        database = Database.from_url(f"sqlite:///{shutil.copy(migrated_file, tmp_path)}")
        with database.write() as session:
            everything_about_zora(Work(session, SYSTEM, now, vault, new_id, random.Random(1)))
        while_open = bytes_of(tmp_path)
        database.engine.dispose()
        return while_open + bytes_of(tmp_path)

    return write


def test_nothing_about_a_person_is_in_the_files(
    written: Callable[[Vault, datetime], bytes], vault: Vault, now: datetime
) -> None:
    files = written(vault, now)

    assert MARKER in files
    assert [canary for canary in CANARIES if canary.encode() in files] == []


def test_the_search_would_find_it_were_it_not_sealed(
    written: Callable[[Vault, datetime], bytes], vault: Vault, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Vault, "seal", lambda _vault, text, _place: text.encode())
    monkeypatch.setattr(Vault, "open", lambda _vault, sealed, _place: sealed.decode())

    files = written(vault, now)

    assert [canary for canary in CANARIES if canary.encode() not in files] == []
