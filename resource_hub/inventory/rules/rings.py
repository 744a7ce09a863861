"""Parents that lead back to where they began."""

from collections.abc import Mapping, Sequence


def ring_closers(parents: Mapping[str, str | None], order: Sequence[str]) -> list[str]:
    """Return, for each ring of parents, its first record in an order; only rings that hold one of these are found."""
    place = {record: number for number, record in enumerate(order)}
    done: set[str] = set()
    closers: list[str] = []
    for start in order:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = parents.get(at)
        if at is not None and at in path:
            ring = list(path)[path[at] :]
            closers.extend(sorted((record for record in ring if record in place), key=place.__getitem__)[:1])
        done.update(path)
    return closers
