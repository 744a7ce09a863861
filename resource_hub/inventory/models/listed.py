"""What every record of the inventory has: its market, and what its source calls it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

ID = String(36)
LINE = String(500)
ZONE = String(6)


class Listed:
    """Columns of every HSDS record. `source_id` is the id that the source gave it; None for what was made here."""

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    source: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[str | None] = mapped_column(String(200), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Mergeable:
    """A record that a steward may merge into another one.

    It stays a row with `merged_into`, so that its id and its source's id lead somewhere, and is never listed, matched
    or exported. It always names a record that is not merged itself.
    """

    merged_into: Mapped[str | None] = mapped_column(ID, index=True)
