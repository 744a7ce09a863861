"""For whom, and for which need: structured rules beside the free text."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID, LINE


class EligibilityRule(Base):
    """One condition: fact, operator, value.

    Rules with the same `alternative` must all hold; one alternative that holds is enough. A rule with status
    `suggested` was read from words (`words`) and not approved: it asks, it never excludes.
    """

    __tablename__ = "eligibility_rule"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    alternative: Mapped[int] = mapped_column(default=0)
    fact: Mapped[str] = mapped_column(String(40))
    operator: Mapped[str] = mapped_column(String(20))
    value: Mapped[Any] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(60))
    words: Mapped[str | None] = mapped_column(LINE)
    created_at: Mapped[datetime]


class ServiceNeed(Base):
    """A need (SDOHCC category code) that a service answers. `weight` in (0, 1]: 1 is what the service is for."""

    __tablename__ = "service_need"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    weight: Mapped[float]
    source: Mapped[str] = mapped_column(String(60))
