"""Which index a process has open for each market, and the files that the processes of a machine share.

Whoever first needs an index after the market's inventory changed builds it, holding a lock; the others wait for the
file and map it. Where no file can be kept the process has an index of its own.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Market
from resource_hub.matching.index import file
from resource_hub.matching.index.board import Board, is_writable
from resource_hub.matching.index.build import index_of
from resource_hub.matching.index.following import publish
from resource_hub.matching.index.generation import Generation, generation_of
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.index.table import Index
from resource_hub.matching.queries.cache import columns_of, keep

_MARKETS_KEPT = 8
_PATIENCE_SECONDS = 20.0
_kept: OrderedDict[tuple[str, str], "Open"] = OrderedDict()


@dataclass(frozen=True)
class Open:
    """An index that is open: of which generation, and the room of its rows."""

    generation: Generation
    searcher: Searcher
    board: Board


def open_index(session: Session, market: Market) -> Open | None:
    """Return the index of a market as it is committed; None in somebody else's transaction."""
    bind = session.get_bind()
    if not isinstance(bind, Engine) or session.new or session.dirty:
        return None
    generation = generation_of(bind, market)
    key = (generation.database, market.id)
    kept = _kept.get(key)
    if kept is None or kept.generation != generation:
        kept = _committed(bind, generation)
        if kept is None:
            return None
        keep(bind, market, kept.searcher.index.columns)
        _kept[key] = kept
        _kept.move_to_end(key)
        while len(_kept) > _MARKETS_KEPT:
            _kept.popitem(last=False)
    return kept


def _committed(engine: Engine, generation: Generation) -> Open | None:
    """Open a generation by a session of its own: what the caller's sees may never be committed."""
    with Session(engine.execution_options(writes=False)) as session:
        market = session.get(Market, generation.market)
        if market is None or market.revision != generation.revision:
            return None
        return _opened(session, market, generation)


def room_changed(engine: Engine, service_at_location_ids: set[str]) -> None:
    """Show every process of this machine what a commit has changed."""
    boards = {kept.generation.market: kept for kept in _kept.values() if kept.generation.is_of(engine)}
    if boards:
        publish(
            engine,
            service_at_location_ids,
            {market: (kept.searcher.index.columns, kept.board) for market, kept in boards.items()},
        )


def _opened(session: Session, market: Market, generation: Generation) -> Open:
    folder = generation.folder
    if folder is not None:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if is_writable(folder):
                with _locked(folder / f"{generation.name}.lock"):
                    return _shared(session, market, generation, folder)
            index = file.read(folder / f"{generation.name}.index", generation.stamp)
            if index:
                return _open(generation, index, Board.in_memory(len(index)))
    index = index_of(columns_of(session, market))
    return _open(generation, index, Board.in_memory(len(index)))


def _shared(session: Session, market: Market, generation: Generation, folder: Path) -> Open:
    path = folder / f"{generation.name}.index"
    index = file.read(path, generation.stamp)
    if index is None:
        file.write(path, index_of(columns_of(session, market)), generation.stamp)
        index = file.read(path, generation.stamp)
        _tidy(folder, generation)
    if index is None:
        raise OSError(path)
    board = Board.at(folder / f"{generation.name}.rooms", len(index))
    return _open(generation, index, board)


def _open(generation: Generation, index: Index, board: Board) -> Open:
    return Open(generation, Searcher(index, board), board)


def _tidy(folder: Path, generation: Generation) -> None:
    """Remove what belongs to earlier generations; whoever has it open keeps it."""
    for old in folder.glob(f"{generation.family}-*"):
        if not old.name.startswith(generation.name):
            old.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes; refuses with OSError when somebody else holds it for too long."""
    until = monotonic() + _PATIENCE_SECONDS
    with path.open("a") as held:
        while True:
            try:
                flock(held, LOCK_EX | LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > until:
                    raise
                sleep(0.05)
        yield
