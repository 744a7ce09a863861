"""From the ids of a source to ours, and from references between its records to references between ours."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from resource_hub.core.ids import derived_id, is_uuid
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Draft, Problem


class Unresolved(Exception):
    """A record refers to nothing that is there, and cannot be stored without."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


@dataclass
class Ids:
    """Our id for each id of a source: the one it has already, its own where that is a free UUID, else a derived one."""

    market: str
    known: dict[str, dict[str, str]]
    taken: set[tuple[str, str]] = field(default_factory=set)

    def announce(self, drafts: Iterable[Draft]) -> None:
        """Give an id to each record that has none."""
        for draft in drafts:
            table = self.known.setdefault(draft.table, {})
            if draft.source_id not in table:
                table[draft.source_id] = self._new(draft.table, draft.source_id)

    def forget(self, draft: Draft) -> None:
        """Take back the id of a record that is not stored."""
        self.known[draft.table].pop(draft.source_id, None)

    def find(self, table: str, source_id: object) -> str | None:
        """Return our id; None where there is no such record."""
        return self.known.get(table, {}).get(str(source_id))

    def _new(self, table: str, source_id: str) -> str:
        own = source_id.lower()
        if is_uuid(own) and (table, own) not in self.taken:
            return own
        return derived_id(table, self.market, source_id)


def resolve(ids: Ids, draft: Draft, problems: list[Problem]) -> dict[str, object]:
    """Return a record's fields with references in our ids; refuses with Unresolved.

    A reference that leads nowhere and may be empty is left empty, with a problem.
    """
    fields: dict[str, object] = dict(draft.fields)
    table = schema.tables()[draft.table]
    for column, target in schema.references(draft.table).items():
        needed = column in draft.required or not table.columns[column].nullable
        if column in fields or needed:
            fields[column] = _reference(ids, draft, column, target, problems, needed=needed)
    if draft.table == "attribute":
        fields["link_id"] = _linked(ids, draft)
    owners = schema.owners(draft.table)
    if owners and not any(fields.get(owner) for owner in owners):
        raise _refusal(draft, min(owners), "no_owner", "The row belongs to nothing that is there. Left out.")
    return fields


def _reference(
    ids: Ids, draft: Draft, column: str, target: str, problems: list[Problem], *, needed: bool
) -> str | None:
    wanted = draft.fields.get(column)
    found = ids.find(target, wanted) if wanted else None
    if found is None and needed:
        code = f"unknown_{target}" if wanted else "missing"
        raise _refusal(draft, column, code, f"There is no {target} with this id. Add it, or mend the id.")
    if found is None and wanted:
        text = f"There is no {target} with this id. Left empty; add it, or mend the id."
        problems.append(Problem(draft.origin, column, f"unknown_{target}", text))
    return found


def _linked(ids: Ids, draft: Draft) -> str:
    target = str(draft.fields.get("link_entity"))
    found = ids.find(target, draft.fields.get("link_id")) if target in schema.tables() else None
    if found is None:
        raise _refusal(
            draft, "link_id", "unknown_link", "There is no record with this id to put the term on. Left out."
        )
    return found


def _refusal(draft: Draft, column: str, code: str, text: str) -> Unresolved:
    return Unresolved(Problem(draft.origin, column, code, text, fatal=draft.table in schema.CORE))
