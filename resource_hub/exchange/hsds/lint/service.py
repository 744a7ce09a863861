"""Checking a feed: a package of tables, JSON, or an API."""

from datetime import date
from pathlib import Path

from resource_hub.exchange.hsds.lint.laws.api import MOST_REQUESTS, Api
from resource_hub.exchange.hsds.lint.laws.tour import Tour
from resource_hub.exchange.hsds.lint.laws.values import Fetch
from resource_hub.exchange.hsds.lint.objects.feed import lint_documents
from resource_hub.exchange.hsds.lint.reading.documents import read_document
from resource_hub.exchange.hsds.lint.reading.recognise import old_version, table_of_file
from resource_hub.exchange.hsds.lint.reading.sheets import Sheet, read_sheet
from resource_hub.exchange.hsds.lint.reading.sources import TABLE, Source, open_sources
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.tables.package import add_unreadable, lint_sheets
from resource_hub.exchange.hsds.lint.values import Profile, Remark, Severity
from resource_hub.exchange.tabular.errors import BadFile

DESCRIPTION = "datapackage"


def lint_path(path: Path, profile: Profile, today: date) -> Report:
    """Check a folder, .zip or file; refuses what cannot be opened at all."""
    report = Report()
    with open_sources(path) as sources:
        tables = [source for source in sources if source.suffix == TABLE]
        if tables:
            _lint_package(report, sources, tables, today)
        else:
            report.kind = "JSON"
            lint_documents(report, sources, profile, today)
    if not report.read and not report.total(Severity.ERROR):
        report.add(Remark("no_data", "", "Nothing in it is of HSDS. Name the folder or file of the feed."), path.name)
    return report


def _lint_package(report: Report, sources: list[Source], tables: list[Source], today: date) -> None:
    report.kind = "tables"
    version = old_version({source.stem for source in tables})
    if version:
        text = f"These are tables of HSDS {version}. The checks are for 3.x; convert the package first."
        report.add(Remark("old_version", "", text), "", "")
        return
    for source in sources:
        if source.stem == DESCRIPTION:
            _check_description(report, source, {table.name.lower() for table in tables})
        elif source.suffix != TABLE:
            text = "It stands beside tables, and was not checked. Check it by its own name."
            report.add(Remark("unknown_file", "", text), source.name)
    sheets = {source.stem: _sheet(report, source) for source in tables}
    unread = {table.name for stem, sheet in sheets.items() if sheet is None and (table := table_of_file(stem))}
    lint_sheets(report, [sheet for sheet in sheets.values() if sheet], today, frozenset(unread))


def _sheet(report: Report, source: Source) -> Sheet | None:
    try:
        return read_sheet(source)
    except BadFile as error:
        add_unreadable(report, source.name, error)
        return None


def _check_description(report: Report, source: Source, files: set[str]) -> None:
    try:
        document = read_document(source)
    except BadFile as error:
        add_unreadable(report, source.name, error)
        return
    listed = document.get("resources") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        report.add(Remark("missing_field", "resources", "A data package lists its tables here. Add them."), source.name)
        return
    paths = [str(one.get("path", "")) for one in listed if isinstance(one, dict)]
    for number, path in enumerate(paths):
        if path.rpartition("/")[2].lower() not in files:
            text = "The package names this table and does not hold it. Add it, or take it off the list."
            report.add(Remark("package_file_missing", path[:80], text), source.name, f"resources[{number}]")


def lint_api(fetch: Fetch, profile: Profile, today: date, most: int = MOST_REQUESTS) -> Report:
    """Check an API through a function that carries requests to it, with at most so many of them."""
    report = Report()
    Tour(Api(fetch, most), report, profile, today).walk()
    return report
