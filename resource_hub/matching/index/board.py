"""The board: what room there is now, one word for each row of an index, written by any process and seen by all.

A word is eight bytes at an address that eight divides. Processors read and write such a word as a whole, so that nobody
ever sees half of a change; no lock is taken. The first two words say how far the database has been followed.
"""

import mmap
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from resource_hub.matching.rules.room_words import unpacked, words_of
from resource_hub.matching.values.columns import Ints, Rooms, Words

_HEAD = 8
_WORD = 8
_POSITION, _LOOKED_AT = 0, 1


class Board:
    """The room of every row. `position` and `looked_at` are microseconds since the epoch, 0 for never."""

    def __init__(self, words: Words) -> None:
        """Take the words of a mapping, or of this process alone."""
        self._head, self._words = words[:_HEAD], words[_HEAD:]

    @classmethod
    def in_memory(cls, rows: int) -> "Board":
        """Return a board that no other process sees."""
        return cls(np.zeros(_HEAD + rows, dtype=np.uint64))

    @classmethod
    def of(cls, rooms: Rooms) -> "Board":
        """Return a board that no other process sees, with what is known of room."""
        return cls(np.concatenate([np.zeros(_HEAD, dtype=np.uint64), words_of(rooms)]))

    @classmethod
    def at(cls, path: Path, rows: int) -> "Board":
        """Map the board at a path, made empty where there is none of that size; refuses with OSError."""
        size = (_HEAD + rows) * _WORD
        if not path.exists() or path.stat().st_size != size:
            with NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".new", delete=False) as made:
                # Space that is only promised would fail where nobody can catch it: at the first write.
                os.posix_fallocate(made.fileno(), 0, size)
            Path(made.name).replace(path)
        with path.open("r+b") as file:
            mapped = mmap.mmap(file.fileno(), size)
        return cls(np.frombuffer(mapped, dtype=np.uint64))

    def take(self, rows: Ints) -> Rooms:
        """Return the room of the chosen rows."""
        return unpacked(self._words[rows])

    def words(self, rows: Ints) -> Words:
        """Return the words of the chosen rows as they are now."""
        return self._words[rows]

    def copied(self) -> Words:
        """Return the words of all rows as they are now."""
        return self._words.copy()

    def store(self, rows: Ints, words: Words) -> None:
        """Write what is known now of some rows."""
        self._words[rows] = words

    @property
    def position(self) -> int:
        """The time of the newest change that was seen."""
        return int(self._head[_POSITION])

    @property
    def looked_at(self) -> int:
        """When somebody last looked into the database."""
        return int(self._head[_LOOKED_AT])

    def looked(self, position: int, at: int) -> None:
        """Remember how far the database was followed, and when."""
        self._head[_POSITION], self._head[_LOOKED_AT] = position, at


def is_writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
