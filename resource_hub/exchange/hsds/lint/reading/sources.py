"""The files of a folder, a .zip, or one file, each opened when it is read."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.packages import LARGEST_BYTES, safe_entries, too_large

TABLE = ".csv"
LINES = frozenset({".ndjson", ".jsonl"})
WANTED = frozenset({TABLE, ".json", *LINES})


@dataclass(frozen=True)
class Source:
    """A file by its name, with its size in bytes."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]

    @property
    def suffix(self) -> str:
        """The end of its name, like .csv."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without the end, in lower case."""
        return PurePosixPath(self.name).stem.lower()


@contextmanager
def open_sources(path: Path) -> Iterator[list[Source]]:
    """Give the files of a feed; refuses what is neither folder, .zip, CSV nor JSON, and what is unsafe or too large."""
    if path.is_dir():
        yield _limited(path, [file for file in sorted(path.iterdir()) if file.suffix.lower() in WANTED])
    elif zipfile.is_zipfile(path):
        yield from _archive(path)
    elif path.suffix.lower() in WANTED:
        yield _limited(path, [path])
    else:
        text = "This is neither a folder nor a .zip, CSV or JSON file. Name the folder or file of the feed."
        raise bad_file(path.name, "not_a_package", text)


def _limited(path: Path, files: list[Path]) -> list[Source]:
    found = [Source(file.name, file.stat().st_size, partial(_open, file)) for file in files if file.is_file()]
    if sum(source.size for source in found) > LARGEST_BYTES:
        raise too_large(path.name)
    return found


def _open(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise bad_file(file.name, "unreadable", "The file cannot be opened. Check who may read it.") from error


def _archive(path: Path) -> Iterator[list[Source]]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield [
                Source(PurePosixPath(info.filename).name, info.file_size, partial(archive.open, info))
                for info in safe_entries(path, archive, WANTED)
            ]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        text = "The .zip is damaged, or locked with a password. Pack it again."
        raise bad_file(path.name, "bad_zip", text) from error
