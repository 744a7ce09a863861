"""A package of files: a folder, a .zip or one file, opened with care and read as streams."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Protocol

from resource_hub.exchange.tabular.archives import most_entries_of
from resource_hub.exchange.tabular.errors import BadFile, bad_file

LARGEST_BYTES = 500_000_000
LARGEST_RATIO = 200
MOST_ENTRIES = 2_000
# Below this size a high ratio is only a table that repeats itself.
HARMLESS_BYTES = 1_000_000
TABLE = ".csv"
JSON = frozenset({".json", ".ndjson", ".jsonl"})
_WANTED = JSON | {TABLE}
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class Entry(Protocol):
    """One file of a package; it can be opened again and again."""

    @property
    def name(self) -> str:
        """Its name without folders, in lower case."""

    def open(self) -> AbstractContextManager[BufferedReader]:
        """Open it from its beginning."""


Package = Mapping[str, Entry]


@dataclass(frozen=True)
class _File:
    name: str
    path: Path

    def open(self) -> AbstractContextManager[BufferedReader]:
        return self.path.open("rb")


@dataclass(frozen=True)
class _Packed:
    name: str
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @contextmanager
    def open(self) -> Iterator[BufferedReader]:
        try:
            with self.archive.open(self.info) as packed:
                yield BufferedReader(packed, 1 << 16)  # type: ignore[arg-type]  # it reads into buffers as raw files do
        except _DAMAGE as error:
            raise _damaged(Path(self.archive.filename or "").name) from error


def open_package(path: Path) -> AbstractContextManager[Package]:
    """Return the tables and JSON files of a folder, .zip or file by name in lower case; refuses unsafe ones."""
    if path.is_dir():
        return nullcontext(_folder(path))
    if path.is_file() and zipfile.is_zipfile(path):
        return _archive(path)
    if path.is_file() and path.suffix.lower() in JSON:
        return nullcontext(_checked(path, [path]))
    text = "This is neither a folder nor a .zip nor a .json file. Name the folder of tables."
    raise bad_file(path.name, "not_a_package", text)


def _folder(path: Path) -> Package:
    home = path.resolve()
    wanted = [file for file in sorted(path.iterdir()) if file.suffix.lower() in _WANTED and not file.is_dir()]
    for file in wanted:
        # A pipe or a device never ends, and a link may lead to what was never meant to be read.
        if not file.is_file() or not file.resolve().is_relative_to(home):
            text = "This is a link out of the folder, or no regular file. Put the file itself there."
            raise bad_file(file.name, "unsafe_path", text)
    return _checked(path, wanted)


def _checked(path: Path, files: list[Path]) -> Package:
    if len(files) > MOST_ENTRIES:
        raise _too_many(path.name)
    if sum(file.stat().st_size for file in files) > LARGEST_BYTES:
        raise _too_large(path.name)
    return _by_name(path, [_File(file.name.lower(), file) for file in files])


@contextmanager
def _archive(path: Path) -> Iterator[Package]:
    if most_entries_of(path) > MOST_ENTRIES:
        raise _too_many(path.name)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise _damaged(path.name) from error
    with archive:
        entries = [_Packed(PurePosixPath(info.filename).name.lower(), archive, info) for info in _safe(path, archive)]
        yield _by_name(path, entries)


def _by_name(path: Path, entries: list[_File] | list[_Packed]) -> Package:
    package: dict[str, Entry] = {}
    for entry in entries:
        if entry.name in package:
            text = f"It holds two files named {entry.name}. Import them one after the other."
            raise bad_file(path.name, "same_name", text)
        package[entry.name] = entry
    if not package:
        text = "There is no .csv or .json file in it. Name the folder that holds the tables."
        raise bad_file(path.name, "no_tables", text)
    return package


def _safe(path: Path, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    # zipfile never unpacks more than an entry's stated size, so the statements can be trusted as a limit.
    if sum(info.file_size for info in archive.infolist()) > LARGEST_BYTES:
        raise _too_large(path.name)
    for info in archive.infolist():
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise bad_file(path.name, "unsafe_path", "The .zip holds a path that leads out of it. Pack it again.")
        if info.file_size > max(HARMLESS_BYTES, LARGEST_RATIO * info.compress_size):
            raise _too_large(path.name)
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
        if not info.is_dir() and not hidden and name.suffix.lower() in _WANTED:
            yield info


def _too_large(name: str) -> BadFile:
    text = f"Unpacked it is larger than {LARGEST_BYTES // 1_000_000} MB, or packed suspiciously tight. Split it."
    return bad_file(name, "too_large", text)


def _too_many(name: str) -> BadFile:
    return bad_file(name, "too_many_files", f"It holds more than {MOST_ENTRIES:,} files. Pack only the tables.")


def _damaged(name: str) -> BadFile:
    return bad_file(name, "bad_zip", "The .zip is damaged, or locked with a password. Pack it again.")
