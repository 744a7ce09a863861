"""Exporting a directory: find the market, hide what is confidential, write, and let it be seen when it is whole."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from resource_hub.accounts.work import Work
from resource_hub.exchange.hsds.writing import sinks
from resource_hub.exchange.hsds.writing.documents import write_lines, write_list
from resource_hub.exchange.hsds.writing.market import hidden_in
from resource_hub.exchange.hsds.writing.tabular import NAMES, write_package
from resource_hub.exchange.hsds.writing.values import Format, Request
from resource_hub.inventory import queries

T = TypeVar("T")


def export_directory(work: Work, request: Request, watch: Callable[[Iterable[T]], Iterable[T]] = iter) -> None:
    """Write a market to a path, whole or not at all.

    Refuses a path that is taken, and a market that is not there. `watch` goes through what is written, for progress.
    """
    market = queries.get_market(work.session, request.market)
    hidden = hidden_in(work.session, market, include_confidential=request.include_confidential)
    if request.format is Format.DATAPACKAGE:
        packed = request.path.suffix.lower() == ".zip"
        sink = sinks.archive(request.path, force=request.force) if packed else sinks.folder(request.path, NAMES, force=request.force)
        with sink as opened:
            write_package(work.session, market, hidden, opened, watch)
        return
    write = write_list if request.format is Format.JSON else write_lines
    with sinks.file(request.path, force=request.force) as opened:
        write(work.session, market, hidden, opened, watch)
