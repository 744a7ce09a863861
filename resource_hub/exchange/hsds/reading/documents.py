"""JSON files as tables: every object of every file taken apart."""

from collections.abc import Iterable

from resource_hub.exchange.hsds.reading.kinds import records_in
from resource_hub.exchange.hsds.reading.objects import read_objects
from resource_hub.exchange.hsds.reading.shredding import shred
from resource_hub.exchange.hsds.reading.store import Store
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.packages import Entry
from resource_hub.inventory.values import Origin

_WHAT = "organizations, services, locations, services at locations, taxonomies or their terms"


def shred_files(store: Store, entries: Iterable[Entry], notes: Notes) -> None:
    """Keep the rows of every HSDS object in some files; refuses a file that turns into something else halfway.

    A file that is not HSDS from its first object on is left out with a note, unless there is no other.
    """
    strange: list[Entry] = []
    read = 0
    for entry in entries:
        if _shred_file(store, entry):
            read += 1
        else:
            strange.append(entry)
    if not read:
        raise _not_hsds(f"{strange[0].name}, object 1")
    for entry in strange:
        text = "This is not HSDS, so there is no place for it. It was not kept."
        notes.report(Origin(entry.name, 1), "", "file_not_kept", text)


def _shred_file(store: Store, entry: Entry) -> bool:
    began = False
    for number, value in read_objects(entry):
        found = False
        for table, record, path in records_in(value, entry.name):
            shred(store, table, record, Origin(entry.name, number, path))
            found = True
        if not found and not began:
            return False
        if not found:
            raise _not_hsds(f"{entry.name}, object {number}")
        began = True
    return began


def _not_hsds(where: str) -> BadFile:
    return bad_file(
        where, "not_hsds", f"This is not HSDS JSON: there must be {_WHAT}. Convert it, or import it as CSV."
    )
