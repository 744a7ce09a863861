"""The same thing twice under two ids: told by its name and address, or by its organization, name and words."""

from collections.abc import Iterator

from resource_hub.exchange.hsds.lint.values import Record, Remark

_ADDRESS = ("address_1", "city", "postal_code")


class Twins:
    """Remembers what was seen, as short keys."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def check(self, record: Record) -> Iterator[Remark]:
        """Say where a record of another id was the same."""
        name = record.table.name
        parts = _KEYS[name](record) if name in _KEYS else ()
        if not all(parts) or not parts:
            return
        key = hash((name, *(" ".join(part.casefold().split()) for part in parts)))
        identity = hash(record.text("id"))
        if self._seen.setdefault(key, identity) != identity:
            yield Remark(f"same_{name}", "name", _TEXTS[name])


def _organization(record: Record) -> tuple[str, ...]:
    return (record.text("name"),)


def _location(record: Record) -> tuple[str, ...]:
    address = next(iter(record.inside("addresses")), {})
    return (record.text("name"), *(str(address.get(name, "")) for name in _ADDRESS))


def _service(record: Record) -> tuple[str, ...]:
    owner = record.text("organization_id") or next(
        (str(one.get("id", "")) for one in record.inside("organization")), ""
    )
    return (owner, record.text("name"), record.text("description"))


_KEYS = {"organization": _organization, "location": _location, "service": _service}
_TEXTS = {
    "organization": "Another organization has the same name. Keep one, and let the services refer to it.",
    "location": "Another location has the same name and address. Keep one, and let the services refer to it.",
    "service": "The organization has another service of the same name and words. Keep one, at several locations.",
}
