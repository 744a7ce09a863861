"""A directory given away: whole, the same each time, and without what nobody may learn."""

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from resource_hub.accounts.work import Work
from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.writing.errors import NoFolder, PathTaken
from resource_hub.exchange.hsds.writing.service import export_directory
from resource_hub.exchange.hsds.writing.values import Format, Request
from resource_hub.inventory.models import Funding
from tests.exchange.hsds.writing.conftest import SECRETS, Directory, history

FORMATS = [*Format]


def export(work: Work, path: Path, layout: Format, **how: bool) -> Path:
    export_directory(work, Request(path, "here", layout, **how))
    return path


def text_of(path: Path) -> str:
    if path.is_dir():
        return "".join(file.read_text(encoding="utf-8") for file in sorted(path.iterdir()))
    return path.read_text(encoding="utf-8")


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / standard.tables()[table].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def services(path: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {one["name"]: one for one in found if "status" in one}


class TestConfidential:
    @pytest.mark.parametrize("layout", FORMATS)
    def test_is_left_out_of_every_format(
        self, work: Work, directory: Directory, tmp_path: Path, layout: Format
    ) -> None:
        written = text_of(export(work, tmp_path / "out", layout))

        assert [secret for secret in SECRETS if secret in written] == []
        assert directory.shelter.location.id in written
        assert "Night shelter" in written
        assert "(410) 555-0100" in written

    @pytest.mark.parametrize("layout", FORMATS)
    def test_is_written_where_it_is_asked_for(
        self, work: Work, directory: Directory, tmp_path: Path, layout: Format
    ) -> None:
        written = text_of(export(work, tmp_path / "out", layout, include_confidential=True))

        assert [secret for secret in SECRETS if secret not in written] == []

    def test_only_its_id_and_type_are_left(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        shelter = services(export(work, tmp_path / "out", Format.NDJSON))["Night shelter"]

        there = {"id": directory.shelter.location.id, "location_type": "physical"}
        assert shelter["service_at_locations"] == [{"id": directory.shelter.service_at_location.id, "location": there}]
        assert "locations" not in shelter["organization"]


class TestPackage:
    @pytest.fixture
    def package(self, work: Work, directory: Directory, tmp_path: Path) -> Path:
        return export(work, tmp_path / "package", Format.DATAPACKAGE)

    def test_describes_every_file_and_column(self, package: Path) -> None:
        described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]

        assert {one["path"] for one in described} | {"datapackage.json"} == {file.name for file in package.iterdir()}
        for one in described:
            with (package / one["path"]).open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == [field["name"] for field in one["schema"]["fields"]]

    def test_every_key_leads_somewhere(self, package: Path) -> None:
        described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        ids = {one["name"]: {row["id"] for row in rows(package, one["name"])} for one in described}
        led = 0

        for one in described:
            assert len(ids[one["name"]]) == len(rows(package, one["name"]))
            for key in one["schema"].get("foreignKeys", []):
                target = key["reference"]["resource"] or one["name"]
                there = {row[key["fields"]] for row in rows(package, one["name"])} - {""}
                assert there <= ids[target], (one["name"], key)
                led += len(there)
        assert led > 20

    def test_what_the_standard_requires_is_there(self, package: Path) -> None:
        named = {"description"}
        for name, table in standard.tables().items():
            for row in rows(package, name):
                missing = {field.name for field in table.columns if field.tabular_required and not row[field.name]}
                assert missing <= named, name

    def test_services_at_no_place_have_no_row_there_and_keep_what_hangs_on_them(self, package: Path) -> None:
        by_phone = next(row["id"] for row in rows(package, "service") if row["name"] == "Advice by phone")

        assert by_phone not in {row["service_id"] for row in rows(package, "service_at_location")}
        assert [row["opens_at"] for row in rows(package, "schedule") if row["service_id"] == by_phone] == ["08:00:00"]

    def test_cells_are_what_they_are(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        work.session.query(Funding).one().funding_source = "=SUM(gifts)"
        work.session.flush()

        package = export(work, tmp_path / "again", Format.DATAPACKAGE)

        assert [row["source"] for row in rows(package, "funding")] == ["=SUM(gifts)"]
        assert [row["extension"] for row in rows(package, "phone") if row["number"] == "(410) 555-0111"] == ["12"]
        pantry = next(row for row in rows(package, "service") if row["name"] == "Food pantry")
        assert pantry["last_modified"] == "2026-03-04T00:06:07.5-05:00"

    def test_our_own_history_stays_here(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        location = directory.pantry.location.id
        ours = history(work, directory.market, location, "name", "x", "y")
        ours.updated_by, ours.source = "sam@example.org", "steward"
        work.session.add(ours)
        work.session.flush()

        written = rows(export(work, tmp_path / "again", Format.DATAPACKAGE), "metadata")

        assert [(row["resource_id"], row["updated_by"]) for row in written] == [(location, "The county")]


class TestJson:
    def test_a_service_is_whole(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        pantry = services(export(work, tmp_path / "out", Format.NDJSON))["Food pantry"]

        assert pantry["organization"]["contacts"][0]["phones"][0]["languages"][0]["code"] == "es"
        assert pantry["organization"]["contacts"][0]["phones"][0]["extension"] == 12
        assert pantry["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "Own words"
        assert pantry["capacities"][0]["unit"]["name"] == "Meal"
        assert pantry["program"] == {"id": pantry["program"]["id"], "name": "Meals", "description": ""}
        place = pantry["service_at_locations"][0]["location"]
        assert place["metadata"][0]["previous_value"] == "Old hall"
        assert "location_id" not in place["addresses"][0]

    def test_what_the_standard_has_no_word_for_is_left_to_the_tables(
        self, work: Work, directory: Directory, tmp_path: Path
    ) -> None:
        advice = services(export(work, tmp_path / "out", Format.NDJSON))["Advice by phone"]

        assert "freq" not in advice["service_at_locations"][0]["schedules"][0]

    def test_both_forms_hold_the_same(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        lines = export(work, tmp_path / "out.ndjson", Format.NDJSON).read_text(encoding="utf-8").splitlines()
        whole = json.loads(export(work, tmp_path / "out.json", Format.JSON).read_text(encoding="utf-8"))

        assert [json.loads(line) for line in lines] == whole


class TestWriting:
    @pytest.mark.parametrize(("name", "layout"), [("a.zip", Format.DATAPACKAGE), ("a.json", Format.JSON)])
    def test_twice_gives_the_same_bytes(
        self, work: Work, directory: Directory, tmp_path: Path, name: str, layout: Format
    ) -> None:
        first = export(work, tmp_path / name, layout).read_bytes()

        assert export(work, tmp_path / f"b{name}", layout).read_bytes() == first

    def test_a_zip_holds_what_a_folder_holds(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        folder = export(work, tmp_path / "folder", Format.DATAPACKAGE)

        with zipfile.ZipFile(export(work, tmp_path / "all.zip", Format.DATAPACKAGE)) as packed:
            assert {name: packed.read(name) for name in packed.namelist()} == {
                file.name: file.read_bytes() for file in folder.iterdir()
            }

    @pytest.mark.parametrize("layout", FORMATS)
    def test_nothing_is_overwritten_unless_it_is_said(
        self, work: Work, directory: Directory, tmp_path: Path, layout: Format
    ) -> None:
        path = export(work, tmp_path / "out", layout)
        before = text_of(path)
        directory.pantry.service.name = "Pantry of plenty"
        work.session.flush()

        with pytest.raises(PathTaken):
            export(work, path, layout)
        assert text_of(path) == before
        assert "Pantry of plenty" in text_of(export(work, path, layout, force=True))
        assert [one.name for one in tmp_path.iterdir()] == ["out"]

    def test_a_folder_with_other_files_stays(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "letter.txt").write_text("dear")

        with pytest.raises(PathTaken):
            export(work, tmp_path / "mine", Format.DATAPACKAGE, force=True)
        assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"

    def test_a_file_is_no_folder(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("dear")

        with pytest.raises(PathTaken):
            export(work, tmp_path / "mine", Format.DATAPACKAGE, force=True)

    def test_a_folder_that_is_not_there(self, work: Work, directory: Directory, tmp_path: Path) -> None:
        with pytest.raises(NoFolder):
            export(work, tmp_path / "no" / "out", Format.JSON)
