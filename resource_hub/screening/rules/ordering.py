"""A person's own order of their needs."""

from collections.abc import Sequence


def moved(codes: Sequence[str], code: str, step: int) -> tuple[str, ...]:
    """Return needs with one of them a step earlier (-1) or later (1); as they were where there is no such step."""
    if code not in codes:
        return tuple(codes)
    at = codes.index(code)
    to = at + step
    if not 0 <= to < len(codes):
        return tuple(codes)
    found = list(codes)
    found[at], found[to] = found[to], found[at]
    return tuple(found)
