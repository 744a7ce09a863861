"""`suggest needs` and `geocode` as their user calls them: nothing is decided, nobody is asked unless it was set up."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.cli import geocode, hub
from resource_hub.cli.shared import Shell
from resource_hub.cli.worker import one_round
from resource_hub.core.clock import utc_now
from resource_hub.core.geography import Point
from resource_hub.core.ids import new_id
from resource_hub.exchange.geocoding.asking import GeocoderSilent
from resource_hub.inventory.errors import NoSuchMarket
from resource_hub.inventory.models import Address, GeocodedAddress, Location, ServiceNeedSuggestion
from tests.factories import a_listing, a_market

HERE = Point(39.2946, -76.6252)


@pytest.fixture
def shell(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A market with a service that has neither needs nor coordinates."""
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    shell = Shell()
    shutil.copy(migrated_file, tmp_path)
    with shell.database.write() as session:
        work = Work(session, SYSTEM, utc_now(), shell.vault, new_id)
        market = a_market(work)
        a_listing(work, market, name="Food pantry", needs=(), at=None, description="Groceries and hot meals.")
        a_listing(work, market, name="Rides", needs=(), at=None)
    return shell


def run(*words: str) -> Result:
    return CliRunner().invoke(hub, [*words])


def test_suggestions_are_printed_and_wait_for_a_steward(shell: Shell) -> None:
    answer = run("suggest", "needs", "--market", "here", "--json")
    assert answer.exit_code == 0
    first = json.loads(answer.stdout)[0]
    assert first.keys() == {"service_id", "need", "probability", "because"}
    assert 0 < first["probability"] < 1
    with shell.read() as work:
        assert len(work.session.scalars(select(ServiceNeedSuggestion)).all()) == len(json.loads(answer.stdout))
    assert run("suggest", "needs", "--market", "here", "--json").stdout == answer.stdout
    assert isinstance(run("suggest", "needs", "--market", "nowhere").exception, NoSuchMarket)


def test_the_worker_suggests_once_a_night(shell: Shell) -> None:
    assert "looked through for needs: 2" in one_round(shell)
    assert "looked through for needs: 0" in one_round(shell)


def test_without_a_geocoder_places_stand_at_the_centre_of_their_zip(shell: Shell) -> None:
    answer = json.loads(run("geocode", "--market", "here", "--json").stdout)
    assert answer == {"wanted": 2, "found": 0, "approximate": 2, "without": 0, "refused": []}
    assert "2 at the centre" in run("geocode", "--market", "here").stdout


def test_what_was_found_is_kept_when_the_geocoder_falls_silent(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(address: str) -> Point:
        if asked:
            raise GeocoderSilent("The geocoder does not answer.")
        asked.append(address)
        return HERE

    with shell.write() as work:
        # Another house, or the second would be known from the first.
        ours = select(Location.id).where(Location.name == "Rides")
        address = work.session.scalars(select(Address).where(Address.location_id.in_(ours))).one()
        address.address_1 = "2 Pratt St"
    monkeypatch.setattr(geocode, "geocoder_of", lambda _settings: ask)
    assert isinstance(run("geocode", "--market", "here").exception, GeocoderSilent)
    with shell.read() as work:
        assert len(work.session.scalars(select(GeocodedAddress)).all()) == 1
        assert work.session.scalars(select(Location.point_source).where(Location.point_source.is_not(None))).all() == [
            "geocoder"
        ]
