"""The rows of one demo market, collected before they are written in batches."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from resource_hub.capacity.models import CapacityStatement, Room
from resource_hub.core.clock import local_date
from resource_hub.core.db import Base
from resource_hub.core.ids import derived_id
from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.recipes import MarketRecipe, Recipes
from resource_hub.inventory import models

Row = dict[str, Any]

SOURCE = "demo"
_BATCH = 500
_AGE = timedelta(days=1100)

# Referenced tables come before those that refer to them.
_ORDER: tuple[type[Base], ...] = (
    models.Organization,
    models.Location,
    models.Address,
    models.Accessibility,
    models.Contact,
    models.Taxonomy,
    models.TaxonomyTerm,
    models.Service,
    models.ServiceAtLocation,
    models.ServiceNeed,
    models.EligibilityRule,
    models.Schedule,
    models.ScheduleException,
    models.ServiceArea,
    models.Phone,
    models.Language,
    models.RequiredDocument,
    models.CostOption,
    models.Attribute,
    models.Verification,
    models.Change,
    CapacityStatement,
    Room,
)


def demo_id(slug: str, table: type[Base], *names: str) -> str:
    """Return the id of a row of a demo market by the names of what it is."""
    return derived_id(SOURCE, slug, table.__tablename__, *names)


@dataclass
class Sheet:
    """The rows of one market as of an instant; ids follow from the names of what they belong to."""

    recipes: Recipes
    market: MarketRecipe
    market_id: str
    now: datetime
    rows: dict[type[Base], list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def began(self) -> datetime:
        """When the inventory began: before anything in it was checked."""
        return self.now - _AGE

    @property
    def today(self) -> date:
        """The day in the market's zone."""
        return local_date(self.now, self.market.time_zone)

    def draws(self, *names: str) -> Draws:
        """Return the draws for one thing of this market."""
        return Draws(SOURCE, self.market.slug, *names)

    def id_of(self, table: type[Base], *names: str) -> str:
        """Return the id of a row by the names of what it is."""
        return demo_id(self.market.slug, table, *names)

    def list_record(self, table: type[Base], *names: str, **fields: object) -> str:
        """Add an HSDS record, and return its id."""
        row_id = self.id_of(table, *names)
        stamps = {"created_at": self.began, "changed_at": self.began, "source": SOURCE, "source_id": "/".join(names)}
        self.put(table, id=row_id, **stamps, **fields)
        return row_id

    def put(self, table: type[Base], **fields: object) -> None:
        """Add a row of this market."""
        self.rows[table].append({"market_id": self.market_id, **fields})

    def batches(self) -> Iterator[tuple[type[Base], list[Row]]]:
        """Return the rows in the order in which they can be written, some hundreds at a time."""
        for table in _ORDER:
            rows = self.rows[table]
            for start in range(0, len(rows), _BATCH):
                yield table, rows[start : start + _BATCH]
