"""Markets: the regions that an inventory is kept for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID


class Market(Base):
    """A region with its area and time zone.

    `revision` grows with each change of its inventory, the last one at `revised_at`.
    """

    __tablename__ = "market"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(2))
    time_zone: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    areas: Mapped[list["MarketArea"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class MarketArea(Base):
    """A county or ZIP Code of a market; a market without any is the whole state."""

    __tablename__ = "market_area"

    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(100), primary_key=True)
