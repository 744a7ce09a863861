"""Where an export goes: a folder, a .zip or a file, whole or not at all."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from resource_hub.exchange.hsds.writing.errors import NoFolder, PathTaken

# Opens a file of the export by its name.
Open = Callable[[str], AbstractContextManager[IO[bytes]]]

# The same content gives the same archive, whenever and by whomever it is packed.
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644


@contextmanager
def folder(path: Path, names: frozenset[str], *, force: bool) -> Iterator[Open]:
    """Write a folder. Refuses one that is there without `force`, and one that holds other files with it."""
    with _beside(path, force=force, names=names) as temporary:
        temporary.mkdir()
        yield lambda name: (temporary / name).open("wb")


@contextmanager
def archive(path: Path, *, force: bool) -> Iterator[Open]:
    """Write a .zip whose bytes depend on its content alone."""
    with _beside(path, force=force) as temporary, zipfile.ZipFile(temporary, "x") as packed:
        yield lambda name: packed.open(_entry(name), "w")


@contextmanager
def file(path: Path, *, force: bool) -> Iterator[Open]:
    """Write one file, whatever its parts are called."""
    with _beside(path, force=force) as temporary:
        yield lambda _name: temporary.open("xb")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _PACKED_AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = _FILE_MODE << 16
    return entry


@contextmanager
def _beside(path: Path, *, force: bool, names: frozenset[str] | None = None) -> Iterator[Path]:
    # It is written beside its place, so that renaming it there is one step.
    _check(path, force=force, names=names)
    try:
        workshop = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}-", dir=path.parent))
    except OSError as error:
        raise NoFolder(f"{path.parent.name or path.parent}: this folder is not there, or cannot be written.") from error
    try:
        yield workshop / "new"
        if path.is_dir():
            path.rename(workshop / "old")
        (workshop / "new").replace(path)
    finally:
        shutil.rmtree(workshop)


def _check(path: Path, *, force: bool, names: frozenset[str] | None) -> None:
    if not path.exists():
        return
    if not force:
        raise PathTaken(f"{path.name}: there is something with this name already. Choose another, or add --force.")
    if path.is_dir() != (names is not None):
        raise PathTaken(f"{path.name}: this is another kind of thing. Choose another name.")
    if names is not None and any(one.name not in names for one in path.iterdir()):
        raise PathTaken(f"{path.name}: this folder holds files that no export wrote. Choose another folder.")
