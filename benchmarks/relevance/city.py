"""A real directory, imported as the command imports it. The judge knows its labels, the search does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from resource_hub import tables
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core import migrations
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory import service
from resource_hub.inventory.models import Attribute, Market, ServiceNeed, TaxonomyTerm
from resource_hub.inventory.values import NewMarket
from resource_hub.matching.queries.texts import texts_of
from resource_hub.matching.values.wording import Text

DATA = Path(__file__).parents[3] / "shared" / "data"
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
# Every table is known before one is made.
MODELS = tables.MODELS


@dataclass(frozen=True)
class Source:
    """A directory to import: where it is, and a ZIP Code in its middle."""

    slug: str
    state: str
    folder: str
    middle: str


@dataclass(frozen=True)
class City:
    """An imported directory. `labelled` are its services with their labels, `bare` the same without."""

    session: Session
    market: Market
    labelled: tuple[Text, ...]
    bare: tuple[Text, ...]
    middle: str


CITIES = (
    Source("baltimore", "MD", "baltimore_ohana_csv", "21201"),
    Source("san-mateo", "CA", "san_mateo_ohana_csv", "94403"),
)


@contextmanager
def opened(source: Source, *, hidden: bool) -> Iterator[City]:
    """Import a directory; where `hidden`, its terms and what follows from them are taken out of the database."""
    with TemporaryDirectory() as folder:
        database = Database.from_url(f"sqlite:///{folder}/city.db")
        migrations.upgrade(database.engine)
        labelled = _imported(database, source)
        if hidden:
            _hide(database)
        with database.read() as session:
            market = session.scalars(select(Market)).one()
            bare = tuple(replace(text, terms=(), needs=()) for text in labelled)
            yield City(session, market, labelled, bare, source.middle)
        database.engine.dispose()


def _imported(database: Database, source: Source) -> tuple[Text, ...]:
    with database.write() as session:
        work = Work(session, SYSTEM, AT, Vault((bytes(32),)), new_id)
        market = service.add_market(work, NewMarket(source.slug, source.slug, source.state))
        import_directory(work, Request(DATA / source.folder, source.slug, skip_bad_rows=True))
        session.flush()
        return texts_of(session, market.id)


def _hide(database: Database) -> None:
    with database.write() as session:
        session.execute(delete(ServiceNeed))
        session.execute(delete(Attribute).where(Attribute.taxonomy_term_id.is_not(None)))
        session.execute(delete(TaxonomyTerm))
