"""What a steward merged is given away once, and whoever asks for the other record is led to the one that stayed."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.exchange.hsds.writing.service import export_directory
from resource_hub.exchange.hsds.writing.values import Format, Request
from resource_hub.inventory.models import Location
from resource_hub.inventory.rules.points import POSTAL_CODE
from resource_hub.inventory.service.merging import merge
from resource_hub.inventory.values import RecordKind
from tests.factories import a_market
from tests.inventory.duplicates.two import Two, two


@pytest.fixture
def merged(work: Work) -> Two:
    found = two(work, a_market(work, noise=False))
    for kind in (RecordKind.ORGANIZATION, RecordKind.SERVICE, RecordKind.LOCATION):
        work.session.expire_all()
        merge(work, found.request(kind))
    return found


@pytest.mark.parametrize("layout", Format)
def test_no_file_names_the_record_that_went(work: Work, merged: Two, tmp_path: Path, layout: Format) -> None:
    export_directory(work, Request(tmp_path / "out", merged.market.slug, layout))

    files = [tmp_path / "out"] if (tmp_path / "out").is_file() else sorted((tmp_path / "out").iterdir())
    written = "".join(file.read_text(encoding="utf-8") for file in files)
    for record in (merged.gone.organization, merged.gone.service, merged.gone.location):
        assert record.id not in written
    assert merged.kept.service.id in written


@pytest.mark.parametrize("name", ["organization", "service"])
def test_the_api_lists_it_once_and_leads_from_the_old_id_to_the_new(
    client: FlaskClient, merged: Two, name: str
) -> None:
    gone, kept = getattr(merged.gone, name).id, getattr(merged.kept, name).id

    listed = {one["id"] for one in json.loads(client.get(f"/hsds/{name}s").data)["contents"]}
    answer = client.get(f"/hsds/{name}s/{gone}")

    assert (kept in listed, gone in listed) == (True, False)
    assert (answer.status_code, answer.location) == (301, f"/hsds/{name}s/{kept}")


def test_the_middle_of_a_zip_code_is_not_given_away_as_a_places_point(
    work: Work, client: FlaskClient, merged: Two
) -> None:
    place = work.session.get_one(Location, merged.kept.location.id)
    place.latitude, place.longitude, place.point_source = 39.29, -76.62, POSTAL_CODE
    work.session.flush()

    shown = client.get(f"/hsds/services/{merged.kept.service.id}").get_data(as_text=True)

    assert place.id in shown
    assert "39.29" not in shown
