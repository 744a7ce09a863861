"""From the ids of a source to ours, and from references between its records to references between ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from resource_hub.inventory.queries import records
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Draft, Problem

MOST_KNOWN = 50_000
ID_LENGTH = 36


class Unresolved(Exception):
    """A record refers to nothing that is there, and cannot be stored without."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


@dataclass
class References:
    """Our ids for the ids of a source, looked up for a batch of records at once."""

    session: Session
    market_id: str
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, drafts: Sequence[Draft]) -> None:
        """Look up everything that some records refer to, apart from parents, which may stand later."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        for target, wanted in _targets(drafts).items():
            new = [key for key in wanted if (target, key) not in self._known]
            table = schema.tables()[target]
            found = records.ids_by_source_id(self.session, table, self.market_id, new)
            self._known.update(((target, key), record_id) for key, record_id in found.items())

    def find(self, table: str, source_id: object) -> str | None:
        """Return our id; None where there is no such record."""
        return self._known.get((table, str(source_id)))


def _targets(drafts: Sequence[Draft]) -> dict[str, set[str]]:
    targets: dict[str, set[str]] = {}
    for draft in drafts:
        for column, target in schema.references(draft.table).items():
            if target != draft.table and draft.fields.get(column):
                targets.setdefault(target, set()).add(str(draft.fields[column]))
        if draft.table in schema.LINKS:
            entity, link = schema.LINKS[draft.table]
            if draft.fields.get(entity) in schema.tables():
                targets.setdefault(str(draft.fields[entity]), set()).add(str(draft.fields.get(link)))
    return targets


def resolve(ids: References, draft: Draft, problems: list[Problem]) -> dict[str, object]:
    """Return a record's fields with references in our ids; refuses with Unresolved.

    A reference that leads nowhere and may be empty is left empty, with a problem.
    """
    fields: dict[str, object] = dict(draft.fields)
    full = schema.needed(draft.table)
    for column, target in schema.references(draft.table).items():
        if target == draft.table:
            continue
        needed = column in full or column in draft.required
        if column in fields or needed:
            fields[column] = _reference(ids, draft, column, target, problems, needed=needed)
    if draft.table in schema.LINKS:
        column = schema.LINKS[draft.table][1]
        fields[column] = _linked(ids, draft, column, problems)
    owners = schema.owners(draft.table)
    if owners and not any(fields.get(owner) for owner in owners):
        raise _refusal(draft, min(owners), "no_owner", "The row belongs to nothing that is there. Left out.")
    return fields


def _reference(
    ids: References, draft: Draft, column: str, target: str, problems: list[Problem], *, needed: bool
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


def _linked(ids: References, draft: Draft, column: str, problems: list[Problem]) -> str:
    stated = str(draft.fields.get(column))
    found = ids.find(str(draft.fields.get(schema.LINKS[draft.table][0])), stated)
    if found:
        return found
    if draft.table == "attribute" or len(stated) > ID_LENGTH:
        raise _refusal(draft, column, "unknown_link", "There is no record with this id to put this on. Left out.")
    text = "There is no record with this id. Kept as it is."
    problems.append(Problem(draft.origin, column, "unknown_link", text))
    return stated


def _refusal(draft: Draft, column: str, code: str, text: str) -> Unresolved:
    return Unresolved(Problem(draft.origin, column, code, text, fatal=draft.table in schema.CORE))
