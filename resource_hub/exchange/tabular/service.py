"""Importing a directory: open, read, store, derive, judge."""

from collections import Counter

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.crosswalk import open_eligibility
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.ohana import feed as ohana
from resource_hub.exchange.tabular.packages import open_package
from resource_hub.exchange.tabular.tables import Table, read_tables
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory import queries, service
from resource_hub.inventory.service.loading import Watch
from resource_hub.inventory.values import Loaded


def import_directory(work: Work, request: Request, watch: Watch = iter) -> Report:
    """Import a folder or .zip of tables into a market.

    Refuses files that cannot be read. A report that says `refused` found rows that cannot be stored: whoever called
    rolls back.
    """
    market = queries.get_market(work.session, request.market)
    package = open_package(request.path)
    tables = read_tables(package)
    layout = _layout(request, tables)
    source = ohana.read(package, tables, market.state)
    loaded = service.load(work, market, source, watch)
    changed = service.derive(work, market, source, open_eligibility())
    if changed or loaded.created or loaded.updated:
        market.revision += 1
    audit.record(
        work, AuditEntry("inventory.imported", "market", market.id, _summary(layout, loaded)), market_id=market.id
    )
    refused = not request.skip_bad_rows and any(problem.fatal for problem in loaded.problems)
    return Report(layout, loaded, refused)


def _layout(request: Request, tables: dict[str, Table]) -> Format:
    columns = {name: table.columns for name, table in tables.items()}
    has_links = "service_at_location" in tables or "services_at_location" in tables
    found = Format.HSDS if has_links or "organization_id" in columns.get("services", ()) else Format.OHANA
    layout = found if request.format is Format.AUTO else request.format
    if layout is Format.HSDS:
        text = "HSDS packages cannot be imported yet. Export the directory as Ohana CSV."
        raise bad_file(request.path.name, "unknown_format", text)
    if not {"organizations", "services"} & set(tables):
        text = "There is neither organizations.csv nor services.csv. Name the folder that holds them."
        raise bad_file(request.path.name, "no_tables", text)
    return layout


def _summary(layout: Format, loaded: Loaded) -> tuple[tuple[str, str], ...]:
    sums = {"created": loaded.created, "updated": loaded.updated, "skipped": loaded.skipped}
    counted = Counter({name: sum(tables.values()) for name, tables in sums.items()})
    return (("format", layout), *((name, str(counted[name])) for name in sums))
