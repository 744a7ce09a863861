"""The places in the shared material as the fields of a pair, by a key: the set's name, the row's id or number."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Texts by the names of fields.
Fields = dict[str, Any]


def read_all(data: Path) -> dict[str, Fields]:
    """Return every place with a name, by `baltimore:ID`, `san_mateo:ID`, `food:ROW` or `linksf:ROW`."""
    places = [*_baltimore(data), *_san_mateo(data), *_food_banks(data), *_linksf(data)]
    return {key: {name: text for name, text in fields.items() if text} for key, fields in places if fields["name"]}


def _baltimore(data: Path) -> Iterator[tuple[str, Fields]]:
    folder = data / "baltimore_ohana_csv"
    addresses = {row["location_id"]: row for row in _rows(folder / "addresses.csv")}
    organizations = {row["id"]: row for row in _rows(folder / "organizations.csv")}
    phones = _first_phones(folder / "phones.csv")
    for row in _rows(folder / "locations.csv"):
        address = addresses.get(row["id"], {})
        owner = organizations.get(row["organization_id"], {})
        website = row["website"] or owner.get("website", "")
        yield f"baltimore:{row['id']}", _fields(row["name"], address, phones.get(row["id"], ""), website)


def _san_mateo(data: Path) -> Iterator[tuple[str, Fields]]:
    folder = data / "san_mateo_ohana_csv"
    addresses = {row["location_id"]: row for row in _rows(folder / "addresses.csv")}
    phones = _first_phones(folder / "phones.csv")
    for row in _rows(folder / "locations.csv"):
        found = addresses.get(row["id"], {})
        address = {"address_1": found.get("street", ""), "city": found.get("city", "")}
        address |= {"state_province": found.get("state", ""), "postal_code": found.get("zip", "")}
        links = [line[2:].strip(" '\"") for line in row["urls"].splitlines() if line.startswith("- ")]
        website = next((link for link in links if "." in link), "")
        yield f"san_mateo:{row['id']}", _fields(row["name"], address, phones.get(row["id"], ""), website)


def _food_banks(data: Path) -> Iterator[tuple[str, Fields]]:
    with (data / "food_banks_raw" / "raw_inputs.jsonl").open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            said = {name.lower(): str(value or "") for name, value in json.loads(line)["data"].items()}
            address = {"address_1": said.get("address", ""), "address_2": said.get("address2", "")}
            address |= {"city": said.get("city", ""), "state_province": said.get("state", "")}
            address["postal_code"] = said.get("zip", "")
            name = said.get("name") or said.get("organization", "")
            yield f"food:{number}", _fields(name, address, said.get("phone", ""), said.get("website", ""))


def _linksf(data: Path) -> Iterator[tuple[str, Fields]]:
    facilities: list[dict[str, Any]] = json.loads((data / "linksf" / "linksf_facilities.json").read_text("utf-8"))
    for number, row in enumerate(facilities, start=1):
        address = {"address_1": row.get("address") or "", "city": row.get("city") or "", "state_province": "CA"}
        fields = _fields(row.get("name") or "", address, row.get("phone") or "", row.get("website") or "")
        yield f"linksf:{number}", fields


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _first_phones(path: Path) -> dict[str, str]:
    phones: dict[str, str] = {}
    for row in _rows(path):
        if row.get("number_type") not in {"fax", "tty"}:
            phones.setdefault(row["location_id"], row["number"])
    return phones


def _fields(name: str, address: dict[str, str], phone: str, website: str) -> Fields:
    parts = ("address_1", "address_2", "city", "state_province", "postal_code")
    return {"name": name, **{part: address.get(part, "") for part in parts}, "phone": phone, "website": website}
