"""Importing a directory: open, read, store, derive, judge."""

from collections import Counter

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.crosswalk import open_eligibility
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.hsds import feed as hsds
from resource_hub.exchange.tabular.mapping import feed as mapped
from resource_hub.exchange.tabular.mapping.sheets import read_sheets, refuse_unmapped
from resource_hub.exchange.tabular.ohana import feed as ohana
from resource_hub.exchange.tabular.packages import open_package
from resource_hub.exchange.tabular.tables import Table, read_tables
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory import queries, service
from resource_hub.inventory.service.loading import Watch
from resource_hub.inventory.values import Loaded, Source

_CORE = frozenset({"organizations", "services", "organization", "service"})
_LINKS = frozenset({"service_at_location", "services_at_location", "services_at_locations"})
_OLD = frozenset({"physical_addresses", "postal_addresses", "regular_schedules", "eligibility", "services_taxonomy"})


def import_directory(work: Work, request: Request, watch: Watch = iter) -> Report:
    """Import a folder or .zip of tables into a market.

    Refuses files that cannot be read. A report that says `refused` found rows that cannot be stored: whoever called
    rolls back.
    """
    market = queries.get_market(work.session, request.market)
    layout, source = _read(request, market.state)
    loaded = service.load(work, market, source, watch)
    changed = service.derive(work, market, source, open_eligibility())
    if changed or loaded.created or loaded.updated:
        service.move_on(market)
    audit.record(
        work, AuditEntry("inventory.imported", "market", market.id, _summary(layout, loaded)), market_id=market.id
    )
    refused = not request.skip_bad_rows and any(problem.fatal for problem in loaded.problems)
    return Report(layout, loaded, refused)


def _read(request: Request, state: str) -> tuple[Format, Source]:
    if request.mapping:
        return Format.MAPPED, mapped.read(read_sheets(request.path), request.mapping, state)
    refuse_unmapped(request.path)
    package = open_package(request.path)
    tables = read_tables(package)
    layout = _layout(request, tables)
    return layout, hsds.read(tables, state) if layout is Format.HSDS else ohana.read(package, tables, state)


def _layout(request: Request, tables: dict[str, Table]) -> Format:
    services = tables["services"].columns if "services" in tables else frozenset()
    of_hsds = "organization_id" in services and "location_id" not in services
    found = Format.HSDS if of_hsds or _LINKS & set(tables) else Format.OHANA
    layout = found if request.format is Format.AUTO else request.format
    if layout is Format.HSDS and _OLD & set(tables):
        text = "This is HSDS 1.1 or 2.0. Only 3.x can be imported yet; convert it with the Open Referral tools."
        raise bad_file(request.path.name, "old_version", text)
    if not _CORE & set(tables):
        text = "There is neither organizations.csv nor services.csv. Name the folder that holds them."
        raise bad_file(request.path.name, "unknown_format", text)
    return layout


def _summary(layout: Format, loaded: Loaded) -> tuple[tuple[str, str], ...]:
    sums = {"created": loaded.created, "updated": loaded.updated, "skipped": loaded.skipped}
    counted = Counter({name: sum(tables.values()) for name, tables in sums.items()})
    return (("format", layout), *((name, str(counted[name])) for name in sums))
