"""Which generation of which market's index: what it is made from, and where it is kept."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine

from resource_hub.core.paths import PACKAGE
from resource_hub.inventory.models import Market


@dataclass(frozen=True)
class Generation:
    """An index is made from a database's market at a revision, by this code."""

    database: str
    market: str
    revision: int
    folder: Path | None

    @property
    def family(self) -> str:
        """The beginning of the names of all generations of the same market."""
        return sha256(f"{self.database} {self.market}".encode()).hexdigest()[:32]

    @property
    def name(self) -> str:
        """The name of this generation, without an ending."""
        return f"{self.family}-{self.revision}"

    @property
    def stamp(self) -> dict[str, Any]:
        """What a file must have been made from to be this generation."""
        return {"family": self.family, "market": self.market, "revision": self.revision, "code": _code()}

    def is_of(self, engine: Engine) -> bool:
        """Tell whether it is of the engine's database."""
        return self.database == _database(engine.url)


def generation_of(engine: Engine, market: Market) -> Generation:
    """Return the generation that a market is at."""
    folder = engine.get_execution_options().get("folder")
    return Generation(_database(engine.url), market.id, market.revision, Path(folder) if folder else None)


@lru_cache(maxsize=16)
def _database(url: URL) -> str:
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).resolve())
    return url.render_as_string(hide_password=True)


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a checksum of the code that makes an index: another code may see other columns in the same tables."""
    digest = sha256()
    for path in sorted((PACKAGE / "matching").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
