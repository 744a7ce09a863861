"""Exporting a directory: find the market, hide what is confidential, write, and let it be seen when it is whole."""

from contextlib import AbstractContextManager

from resource_hub.accounts.work import Work
from resource_hub.exchange.hsds.writing import sinks
from resource_hub.exchange.hsds.writing.documents import write_lines, write_list
from resource_hub.exchange.hsds.writing.market import hidden_in
from resource_hub.exchange.hsds.writing.tabular import NAMES, write_package
from resource_hub.exchange.hsds.writing.values import Format, Request, Watch
from resource_hub.inventory import queries


def export_directory(work: Work, request: Request, watch: Watch = iter) -> None:
    """Write a market to a path, whole or not at all.

    Refuses a path that is taken, and a market that is not there. `watch` goes through what is written, for progress.
    """
    market = queries.get_market(work.session, request.market)
    hidden = hidden_in(work.session, market, include_confidential=request.include_confidential)
    with _sink(request) as opened:
        if request.format is Format.DATAPACKAGE:
            write_package(work.session, market, hidden, opened, watch)
        elif request.format is Format.JSON:
            write_list(work.session, market, hidden, opened, watch)
        else:
            write_lines(work.session, market, hidden, opened, watch)


def _sink(request: Request) -> AbstractContextManager[sinks.Open]:
    if request.format is not Format.DATAPACKAGE:
        return sinks.file(request.path, force=request.force)
    if request.path.suffix.lower() == ".zip":
        return sinks.archive(request.path, force=request.force)
    return sinks.folder(request.path, NAMES, force=request.force)
