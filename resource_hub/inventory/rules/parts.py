"""The source ids of records that were read out of another record's row, such as a language out of a service's."""

from resource_hub.core.ids import derived_id

_LONGEST_KEY = 60


def part_id(table: str, owner: str, kind: str, key: str = "") -> str:
    """Return the source id of a part of a row: the row's table and id, what kind of part, and which one."""
    plain = key.casefold().replace("#", " ")
    return f"{table}/{owner}#{kind}/{plain if len(plain) <= _LONGEST_KEY else derived_id(plain)}"


def owner_of(source_id: str | None) -> str | None:
    """Return the table and id of the row that a part was read out of; None for a record of its own."""
    owner, mark, _part = (source_id or "").rpartition("#")
    return owner if mark else None
