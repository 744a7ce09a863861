"""Importing a directory: open, read, store, derive, judge."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.exchange.hsds.reading import feed as hsds
from resource_hub.exchange.hsds.reading import packages as hsds_packages
from resource_hub.exchange.hsds.reading.documents import shred_files
from resource_hub.exchange.hsds.reading.store import Store
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.crosswalk import open_eligibility
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.mapping import feed as mapped
from resource_hub.exchange.tabular.mapping.sheets import read_sheets, refuse_unmapped
from resource_hub.exchange.tabular.ohana import feed as ohana
from resource_hub.exchange.tabular.ohana.categories import LINKS_FILE
from resource_hub.exchange.tabular.packages import TABLE, Package, open_package
from resource_hub.exchange.tabular.tables import HEADER_ROW, read_tables
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory import queries, service
from resource_hub.inventory.service.loading import Watch
from resource_hub.inventory.values import Loaded, Origin, Source

_READ_WITH_TABLES = frozenset({hsds_packages.DESCRIPTION, LINKS_FILE})


def import_directory(work: Work, request: Request, watch: Watch = iter) -> Report:
    """Import a folder, .zip or JSON file into a market.

    Refuses files that cannot be read. A report that says `refused` found rows that cannot be stored: whoever called
    rolls back, as after every refusal, because what is read is stored on the way.
    """
    market = queries.get_market(work.session, request.market)
    with _reading(request, market.state) as (layout, source):
        loaded = service.load(work, market, source, watch)
    derived = service.derive(work, market, open_eligibility())
    if derived or loaded.changed:
        service.move_on(market)
    audit.record(
        work, AuditEntry("inventory.imported", "market", market.id, _summary(layout, loaded)), market_id=market.id
    )
    refused = not request.skip_bad_rows and any(problem.fatal for problem in loaded.problems)
    return Report(layout, loaded, refused)


@contextmanager
def _reading(request: Request, state: str) -> Iterator[tuple[Format, Source]]:
    if request.mapping:
        yield Format.MAPPED, mapped.read(read_sheets(request.path), request.mapping, state)
        return
    refuse_unmapped(request.path)
    with ExitStack() as stack:
        package = stack.enter_context(open_package(request.path))
        if any(name.endswith(TABLE) for name in package):
            yield _tables(request, package, state)
            return
        notes = Notes()
        store = stack.enter_context(Store())
        described = [entry for name, entry in package.items() if name != hsds_packages.DESCRIPTION]
        shred_files(store, described or package.values(), notes)
        yield Format.HSDS, hsds.read(store.tables(), state, notes)


def _tables(request: Request, package: Package, state: str) -> tuple[Format, Source]:
    tables = read_tables(package)
    found = Format.HSDS if hsds_packages.are_hsds(package, tables) else Format.OHANA
    layout = found if request.format is Format.AUTO else request.format
    named = hsds_packages.renamed(package, tables) if layout is Format.HSDS else tables
    if not hsds_packages.describe_services(named):
        text = "There is neither organizations.csv nor services.csv. Name the folder that holds them."
        raise bad_file(request.path.name, "unknown_format", text)
    if layout is Format.OHANA:
        return layout, ohana.read(package, named, state)
    notes = Notes()
    for name in sorted(set(package) - _READ_WITH_TABLES):
        if not name.endswith(TABLE):
            text = "There are tables beside it, and only they were read. Import it on its own."
            notes.report(Origin(name, HEADER_ROW), "", "file_not_kept", text)
    return layout, hsds.read(named, state, notes)


def _summary(layout: Format, loaded: Loaded) -> tuple[tuple[str, str], ...]:
    sums = {"created": loaded.created, "updated": loaded.updated, "skipped": loaded.skipped}
    counted = Counter({name: sum(tables.values()) for name, tables in sums.items()})
    return (("format", layout), *((name, str(counted[name])) for name in sums))
