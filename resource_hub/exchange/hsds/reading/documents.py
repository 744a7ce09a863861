"""JSON files as tables: every object of every file taken apart."""

from collections.abc import Iterable

from resource_hub.exchange.hsds.reading.kinds import records_in
from resource_hub.exchange.hsds.reading.objects import read_objects
from resource_hub.exchange.hsds.reading.shredding import Shredder
from resource_hub.exchange.hsds.reading.store import Store
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.packages import Entry
from resource_hub.inventory.values import Origin, Problem

_TEXT = (
    "This is not HSDS JSON: there must be organizations, services, locations, services at locations, taxonomies or "
    "their terms. Convert it, or import it as CSV."
)


def shred_files(store: Store, entries: Iterable[Entry], notes: Notes) -> None:
    """Keep the rows of every HSDS object in some files; one that is none is a bad row.

    A file that is not HSDS from its first object on is left out with a note, unless there is no other.
    """
    shredder = Shredder(store, notes)
    strange: list[Entry] = []
    read = 0
    for entry in entries:
        if _shred_file(shredder, entry):
            read += 1
        else:
            strange.append(entry)
    if not read:
        raise _not_hsds(f"{strange[0].name}, object 1")
    for entry in strange:
        text = "This is not HSDS, so there is no place for it. It was not kept."
        notes.report(Origin(entry.name, 1), "", "file_not_kept", text)


def _shred_file(shredder: Shredder, entry: Entry) -> bool:
    began = False
    for number, value in read_objects(entry):
        found = False
        for table, record, path in records_in(value, entry.name):
            shredder.shred(table, record, Origin(entry.name, number, path))
            found = True
        if not found and not began:
            return False
        if not found:
            problem = Problem(Origin(entry.name, number), "", "not_hsds", _TEXT, fatal=True)
            shredder.notes.leave_out("unknown", problem)
        began = True
    return began


def _not_hsds(where: str) -> BadFile:
    return bad_file(where, "not_hsds", _TEXT)
