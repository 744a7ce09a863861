"""JSON files: each one's shape and table told, then checked."""

from collections.abc import Mapping
from datetime import date

from resource_hub.exchange.hsds.lint.objects.check import Objects
from resource_hub.exchange.hsds.lint.objects.pages import check_about
from resource_hub.exchange.hsds.lint.objects.profiles import demands_of
from resource_hub.exchange.hsds.lint.reading.documents import is_lines, read_document, read_lines
from resource_hub.exchange.hsds.lint.reading.recognise import Shape, shape_of, table_of_file, table_of_object
from resource_hub.exchange.hsds.lint.reading.sheets import sheet_of
from resource_hub.exchange.hsds.lint.reading.sources import Source
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.tables.package import add_unreadable, lint_sheets
from resource_hub.exchange.hsds.lint.values import Profile, Remark
from resource_hub.exchange.hsds.values import Table
from resource_hub.exchange.tabular.errors import BadFile

LARGEST_ABOUT = 100_000
_UNKNOWN = "This looks like nothing that HSDS has. It was not checked; name the file after its table."


def lint_documents(report: Report, sources: list[Source], profile: Profile, today: date) -> None:
    """Check JSON files, each on its own; one of them may say which profile they follow."""
    found, demands = demands_of(profile, _about(sources))
    report.profile = found
    objects = Objects(report, demands, today)
    for source in sources:
        try:
            if is_lines(source):
                _lint_lines(objects, source)
            else:
                _lint_document(objects, source, read_document(source), today)
        except BadFile as error:
            add_unreadable(report, source.name, error)


def _about(sources: list[Source]) -> Mapping[str, object]:
    for source in sources:
        if source.size <= LARGEST_ABOUT and not is_lines(source):
            try:
                document = read_document(source)
            except BadFile:
                continue
            if isinstance(document, dict) and shape_of(document) is Shape.ABOUT:
                return document
    return {}


def _lint_lines(objects: Objects, source: Source) -> None:
    first = next((one for _, one in read_lines(source)), None)
    table = _table(source, first)
    if table is None:
        objects.report.add(Remark("unknown_object", "", _UNKNOWN), source.name)
        return
    lines = ((f"line {number}", one) for number, one in read_lines(source))
    objects.check_list(table, lines, source.name, whole=True)


def _lint_document(objects: Objects, source: Source, document: object, today: date) -> None:
    shape = shape_of(document)
    if shape is Shape.ABOUT and isinstance(document, dict):
        objects.report.read["about"] += 1
        objects.report.extend(check_about(document), source.name)
    elif shape is Shape.TABLES and isinstance(document, dict):
        lint_sheets(objects.report, [sheet_of(name, rows) for name, rows in document.items()], today)
    else:
        _lint_objects(objects, source, document, shape)


def _lint_objects(objects: Objects, source: Source, document: object, shape: Shape) -> None:
    contents = document.get("contents") if shape is Shape.PAGE and isinstance(document, dict) else document
    first = next(iter(contents), None) if isinstance(contents, list) else contents
    table = _table(source, first)
    if table is None:
        objects.report.add(Remark("unknown_object", "", _UNKNOWN), source.name)
        return
    # A bare list named contents is no answer, unless the file is named after one.
    answer = shape is Shape.PAGE and isinstance(document, dict) and (len(document) > 1 or table_of_file(source.stem))
    if answer and isinstance(document, dict):
        objects.check_page(table, document, source.name)
    if isinstance(contents, list):
        path = "contents" if shape is Shape.PAGE else ""
        listed = ((f"{path}[{number}]", one) for number, one in enumerate(contents))
        objects.check_list(table, listed, source.name, whole=shape is Shape.LIST)
    elif isinstance(document, dict) and shape is not Shape.PAGE:
        objects.check_object(table, document, source.name)


def _table(source: Source, first: object) -> Table | None:
    named = table_of_file(source.stem)
    return named or (table_of_object(first) if isinstance(first, dict) else None)
