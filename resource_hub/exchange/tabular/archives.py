"""How many files a .zip says it holds, before anything of its list is read into memory."""

from pathlib import Path

_TAIL = 65_557
_LOCATOR = 20
_END = b"PK\x05\x06"
_LARGE_LOCATOR = b"PK\x06\x07"
_LARGE_END = 56
# The shortest line that the list of files can have for one file.
_SHORTEST_LINE = 46


def most_entries_of(path: Path) -> int:
    """Return the most files that the list at the end of a .zip can hold, by its stated length; 0 where it has none."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - _TAIL - _LOCATOR - _LARGE_END)
        file.seek(start)
        tail = file.read()
    end = tail.rfind(_END)
    if end < 0:
        return 0
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end >= _LOCATOR and tail[end - _LOCATOR :].startswith(_LARGE_LOCATOR):
        large = max(0, end - _LOCATOR - _LARGE_END)
        length = max(length, int.from_bytes(tail[large + 40 : large + 48], "little"))
    return length // _SHORTEST_LINE
