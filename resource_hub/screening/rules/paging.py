"""An instrument in pages: one for each of its groups, or all on one where it fits."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from resource_hub.screening.rules.enabling import asked
from resource_hub.screening.values import Answer, Instrument, Item

FITS = 15


def pages_of(instrument: Instrument) -> tuple[tuple[str, ...], ...]:
    """Return the codes of the items of each page, in order; what is read only stands on none."""
    items = [item for item in instrument.items if not item.read_only]
    parents = {item.code: item.within for item in instrument.items}
    if sum(item.kind.asks for item in items) <= FITS:
        return (tuple(item.code for item in items),)
    root = _only_root(items)
    blocks = groupby(items, key=lambda item: _block(item.code, parents, root))
    pages = (page for _name, block in blocks for page in _that_fit(list(block)))
    return tuple(page for page in _with_questions(pages, items))


def next_page(instrument: Instrument, given: Iterable[Answer], number: int) -> int | None:
    """Return the number (from 1) of the next page after one on which something is asked; None after the last."""
    codes = asked(instrument, given) & {item.code for item in instrument.questions}
    pages = pages_of(instrument)
    return next((later for later in range(number + 1, len(pages) + 1) if codes.intersection(pages[later - 1])), None)


def page_before(instrument: Instrument, given: Iterable[Answer], number: int) -> int | None:
    """Return the number of the page before one on which something is asked; None before the first."""
    codes = asked(instrument, given) & {item.code for item in instrument.questions}
    pages = pages_of(instrument)
    return next((one for one in range(min(number - 1, len(pages)), 0, -1) if codes.intersection(pages[one - 1])), None)


def _only_root(items: Sequence[Item]) -> str:
    """Return the group that holds everything, where there is one: its own groups are the parts of the whole."""
    top = [item for item in items if not item.within]
    return top[0].code if len(top) == 1 else ""


def _block(code: str, parents: dict[str, str], root: str) -> str:
    """Return the group at the top that an item stands in; empty for what stands in none."""
    while parents[code] and parents[code] != root:
        code = parents[code]
    return code if code in parents.values() and code != root else ""


def _that_fit(block: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    page: list[Item] = []
    questions = 0
    for item in block:
        if item.kind.asks and questions == FITS:
            yield tuple(page)
            page, questions = [], 0
        page.append(item)
        questions += item.kind.asks
    yield tuple(page)


def _with_questions(pages: Iterable[tuple[Item, ...]], items: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    """Yield the pages; one that asks nothing is read at the head of the next."""
    before: tuple[str, ...] = ()
    for page in pages:
        codes = (*before, *(item.code for item in page))
        before = () if any(item.kind.asks for item in page) else codes
        if not before:
            yield codes
    if before:
        yield before
