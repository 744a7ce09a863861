"""A package of files: a folder or a .zip, opened with care."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from resource_hub.exchange.tabular.errors import BadFile, bad_file

LARGEST_BYTES = 500_000_000
LARGEST_RATIO = 200
# Below this size a high ratio is only a table that repeats itself.
HARMLESS_BYTES = 1_000_000

Package = Mapping[str, bytes]

_WANTED = frozenset({".csv", ".json"})


def open_package(path: Path) -> Package:
    """Return the tables of a folder or .zip by file name in lower case; refuses unsafe or too large ones."""
    if path.is_dir():
        files = _folder(path)
    elif path.is_file() and zipfile.is_zipfile(path):
        files = _archive(path)
    else:
        raise bad_file(path.name, "not_a_package", "This is neither a folder nor a .zip. Name the folder of tables.")
    if not any(name.endswith(".csv") for name in files):
        raise bad_file(path.name, "no_tables", "There is no .csv file in it. Name the folder that holds the tables.")
    return files


def _folder(path: Path) -> Package:
    wanted = [file for file in sorted(path.iterdir()) if file.is_file() and file.suffix.lower() in _WANTED]
    if sum(file.stat().st_size for file in wanted) > LARGEST_BYTES:
        raise too_large(path.name)
    return {file.name.lower(): file.read_bytes() for file in wanted}


def _archive(path: Path) -> Package:
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                PurePosixPath(info.filename).name.lower(): archive.read(info)
                for info in safe_entries(path, archive, _WANTED)
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        text = "The .zip is damaged, or locked with a password. Pack it again."
        raise bad_file(path.name, "bad_zip", text) from error


def safe_entries(path: Path, archive: zipfile.ZipFile, wanted: frozenset[str]) -> Iterator[zipfile.ZipInfo]:
    """Return the entries of some suffixes; refuses an archive with one that is too large or leads out of it."""
    # zipfile never unpacks more than an entry's stated size, so the statements can be trusted as a limit.
    if sum(info.file_size for info in archive.infolist()) > LARGEST_BYTES:
        raise too_large(path.name)
    for info in archive.infolist():
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise bad_file(path.name, "unsafe_path", "The .zip holds a path that leads out of it. Pack it again.")
        if info.file_size > max(HARMLESS_BYTES, LARGEST_RATIO * info.compress_size):
            raise too_large(path.name)
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
        if not info.is_dir() and not hidden and name.suffix.lower() in wanted:
            yield info


def too_large(name: str) -> BadFile:
    """Return the refusal of a package by its size."""
    text = f"Unpacked it is larger than {LARGEST_BYTES // 1_000_000} MB, or packed suspiciously tight. Split it."
    return bad_file(name, "too_large", text)
