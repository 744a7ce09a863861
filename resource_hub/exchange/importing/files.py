"""Uploaded files on disk: kept for their owner's eyes only while an import needs them, with progress beside them.

Progress and the wish to stop are files, not rows: while an import is written nobody else can write to SQLite.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from resource_hub.exchange.tabular.errors import bad_file

LARGEST_UPLOAD = 100 * 1024 * 1024
KINDS = (".csv", ".xlsx", ".zip", ".json", ".ndjson", ".jsonl")
_BLOCK = 1024 * 1024
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Progress:
    """How many records of how many were looked at; the total is 0 while it is not known."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """The share that is done."""
        return min(99, 100 * self.done // self.total) if self.total else 0


@dataclass(frozen=True)
class Store:
    """The folder of uploads: one folder for each import, one lock for each market."""

    folder: Path

    def keep(self, job_id: str, name: str, stream: IO[bytes]) -> tuple[Path, str]:
        """Write an upload and return where it is and the hash of its content; refuses other kinds and larger files."""
        safe = safe_name(name)
        if Path(safe).suffix.lower() not in KINDS:
            text = f"Choose a file that ends in one of: {', '.join(KINDS)}. A folder of tables goes in as a .zip."
            raise bad_file(safe, "not_a_package", text)
        home = self.folder / job_id
        home.mkdir(mode=0o700, parents=True)
        target, digest, size = home / safe, sha256(), 0
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > LARGEST_UPLOAD:
                    self.forget(job_id)
                    raise bad_file(safe, "too_large", f"This is larger than {LARGEST_UPLOAD // _BLOCK} MB. Split it.")
                digest.update(block)
                file.write(block)
        if not size:
            self.forget(job_id)
            raise bad_file(safe, "no_tables", "The file is empty. Choose another one.")
        return target, digest.hexdigest()

    def file(self, job_id: str, name: str) -> Path:
        """Return where an upload is; refuses when it is not kept any more."""
        path = self.folder / job_id / safe_name(name)
        if not path.is_file():
            raise bad_file(safe_name(name), "file_gone", "The file is not kept any more. Choose it again.")
        return path

    def forget(self, job_id: str) -> None:
        """Remove an upload and what stands beside it."""
        shutil.rmtree(self.folder / job_id, ignore_errors=True)

    def kept(self) -> set[str]:
        """Return the imports that files are kept for."""
        return {path.name for path in self.folder.iterdir() if path.is_dir()} if self.folder.is_dir() else set()

    def say(self, job_id: str, progress: Progress) -> None:
        """Write down how far an import is."""
        with suppress(OSError):
            file = self.folder / job_id / ".progress.new"
            file.write_text(json.dumps([progress.done, progress.total]), encoding="ascii")
            file.replace(self.folder / job_id / ".progress")

    def progress(self, job_id: str) -> Progress:
        """Return how far an import is."""
        try:
            done, total = json.loads((self.folder / job_id / ".progress").read_text(encoding="ascii"))
            return Progress(int(done), int(total))
        except (OSError, ValueError, TypeError):
            return Progress()

    def stop(self, job_id: str) -> None:
        """Ask that an import ends without having changed anything."""
        with suppress(OSError):
            (self.folder / job_id / ".stop").touch(mode=0o600)

    def stopped(self, job_id: str) -> bool:
        """Tell whether it was asked that an import ends."""
        return (self.folder / job_id / ".stop").exists()

    @contextmanager
    def alone(self, market_id: str) -> Iterator[bool]:
        """Be the only worker that imports into a market; the system lets go of it when the worker dies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f".{market_id}.lock").open("w", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def safe_name(name: str) -> str:
    """Return a file's name without folders and without signs that could mean something."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w. ()-]+", "_", last).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" if dot else plain[:_LONGEST_NAME] or "file"
