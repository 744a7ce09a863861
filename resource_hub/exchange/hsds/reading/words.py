"""What HSDS 1.1 and 2.0 say in a table of its own, and a service says itself today: whom it is for."""

from typing import Self

from resource_hub.core.scratch import Scratch
from resource_hub.exchange.tabular.cleaning import clean_text
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.tables import Table
from resource_hub.inventory.values import FieldValue, Origin, Problem

FIELD = "eligibility_description"
_TABLES = (
    "CREATE TABLE words (service TEXT, words TEXT, file TEXT, line INTEGER, path TEXT, used INTEGER DEFAULT 0)",
    "CREATE INDEX words_of ON words (service)",
)


class Words:
    """The texts of other rows until their service is read, for as long as a `with` block runs."""

    def __init__(self) -> None:
        self._scratch = Scratch(*_TABLES)
        self._any = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._scratch.__exit__(None, None, None)

    def collect(self, table: Table, notes: Notes) -> None:
        """Keep the texts of a table; a row without words or service is left out."""
        for row in table.rows:
            service, words = row.get("service_id"), clean_text(row.get(FIELD))
            if not service or not words:
                text = "The row needs a service and its words."
                notes.leave_out("eligibility", Problem(row.origin, "service_id", "missing", text))
                continue
            self._any = True
            place = (row.origin.file, row.origin.row, row.origin.path)
            insert = "INSERT INTO words (service, words, file, line, path) VALUES (?, ?, ?, ?, ?)"
            self._scratch.write(insert, [(service, words, *place)])

    def add(self, service: str, fields: dict[str, FieldValue]) -> None:
        """Add the texts about a service to its fields."""
        if not self._any:
            return
        query = "SELECT words FROM words WHERE service = ? ORDER BY rowid"
        found = [words for (words,) in self._scratch.read(query, (service,))]
        if found:
            own = fields.get(FIELD)
            fields[FIELD] = "\n".join(dict.fromkeys([*([str(own)] if own else []), *found]))
            self._scratch.write("UPDATE words SET used = 1 WHERE service = ?", [(service,)])

    def report_unused(self, notes: Notes) -> None:
        """Report the texts about services that were not there."""
        for place in self._scratch.read("SELECT file, line, path FROM words WHERE used = 0 ORDER BY rowid"):
            text = "There is no service with this id. Add it, or mend the id."
            notes.leave_out("eligibility", Problem(Origin(*place), "service_id", "unknown_service", text))
