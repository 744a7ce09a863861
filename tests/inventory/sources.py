"""Sources to load, and what a load made of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.inventory import service
from resource_hub.inventory.models import (
    Market,
    Service,
)
from resource_hub.inventory.queries import get_listing
from resource_hub.inventory.values import (
    Draft,
    FieldValue,
    ListingEdit,
    Loaded,
    Origin,
    RecordEdit,
    Source,
)
from tests.conftest import as_actor


def a_draft(table: str, source_id: str, row: int = 2, **fields: FieldValue) -> Draft:
    return Draft(table, source_id, fields, Origin(f"{table}.csv", row))


ORGANIZATION = a_draft("organization", "1", name="Harbor Table")
SERVICE = a_draft("service", "7", organization_id="1", name="Pantry", email="info@harbor.example")


def load(work: Work, market: Market, *drafts: Draft) -> Loaded:
    return service.load(work, market, Source(drafts))


def accounted(loaded: Loaded) -> Mapping[str, int]:
    tallies = (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped)
    return {table: sum(tally.get(table, 0) for tally in tallies) for table in loaded.read}


def the_service(work: Work, market: Market) -> Service:
    query = select(Service).where(Service.market_id == market.id, Service.source_id == "7")
    return work.session.scalars(query.execution_options(populate_existing=True)).one()


def edit(work: Work, market: Market, *records: RecordEdit, needs: Mapping[str, float] | None = None) -> None:
    steward = as_actor(work, Actor(new_id(), Role.STEWARD, "Steward", frozenset({market.id})))
    listing = get_listing(work.session, steward.actor, the_service(work, market).id)
    later = replace(steward, now=work.now + timedelta(hours=1))
    service.edit_listing(later, ListingEdit(listing.service.id, listing.changed_at, records, needs=needs))
