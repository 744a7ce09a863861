"""Which records of the directory are asked for: conditions that hold together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from resource_hub.core.geography import PostalCode
from resource_hub.inventory.models import (
    Attribute,
    Market,
    Organization,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from resource_hub.inventory.queries.reach import near, serves
from resource_hub.inventory.queries.recent import changed_since
from resource_hub.inventory.queries.walking import Walk, keep, walk_along, walk_through

_MODELS: dict[str, Any] = {
    "service": Service,
    "organization": Organization,
    "service_at_location": ServiceAtLocation,
    "taxonomy": Taxonomy,
    "taxonomy_term": TaxonomyTerm,
}
_MERGEABLE = frozenset({"service", "organization", "service_at_location"})


@dataclass(frozen=True)
class Wanted:
    """Records of a table; every condition that is set must hold."""

    table: str
    market_id: str | None = None
    words: tuple[str, ...] = ()
    modified_after: datetime | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    parent_id: str | None = None
    top_only: bool = False
    postal_code: PostalCode | None = None
    metres: float | None = None


def find(session: Session, wanted: Wanted, markets: list[Market]) -> Walk:
    """Return the walk through the records that are wanted; `markets` are those that they can be in."""
    return keep(session, wanted, markets, lambda: _walk(session, wanted))


def ids_of(session: Session, wanted: Wanted) -> Select[Any]:
    """Return the SELECT of the ids that are wanted, in no order yet."""
    return select(_MODELS[wanted.table].id).where(*_conditions(session, wanted))


def merged_into(session: Session, table: str, record_id: str) -> str | None:
    """Return the record that one went into; None where there is no such record, or it is listed itself."""
    model = _MODELS[table]
    found: str | None = session.scalar(select(model.merged_into).where(model.id == record_id))
    return found


def _walk(session: Session, wanted: Wanted) -> Walk:
    ids = ids_of(session, wanted)
    if wanted.postal_code is None or wanted.metres is None:
        return walk_through(session, ids)
    return walk_along(near(session, ids, wanted.table, wanted.postal_code.point, wanted.metres))


def _conditions(session: Session, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    table, model = wanted.table, _MODELS[wanted.table]
    made: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "market_id": lambda market: model.market_id == market,
        "modified_after": lambda moment: changed_since(table, model, moment),
        "taxonomy_term_id": lambda term: _classified(table, Attribute.taxonomy_term_id == term),
        "taxonomy_id": lambda taxonomy: _in_taxonomy(table, taxonomy),
        "organization_id": lambda organization: _of_organization(table, organization),
        "parent_id": lambda parent: TaxonomyTerm.parent_id == parent,
        "top_only": lambda _: TaxonomyTerm.id.not_in(_parents()),
        "postal_code": lambda code: serves(session, _service_of(table), code),
    }
    if table in _MERGEABLE:
        yield model.merged_into.is_(None)
    yield from (_says(table, word) for word in wanted.words)
    yield from (make(asked) for name, make in made.items() if (asked := getattr(wanted, name)))


def _parents() -> Select[Any]:
    return select(TaxonomyTerm.parent_id).where(TaxonomyTerm.parent_id.is_not(None))


def _says(table: str, word: str) -> ColumnElement[bool]:
    if table == "service_at_location":
        return ServiceAtLocation.service_id.in_(select(Service.id).where(_says("service", word)))
    model = _MODELS[table]
    columns = [model.name, model.description]
    if table in {"service", "organization"}:
        columns.append(model.alternate_name)
    said = [column.icontains(word, autoescape=True) for column in columns]
    if table == "service":
        names = select(Organization.id).where(Organization.name.icontains(word, autoescape=True))
        said.append(Service.organization_id.in_(names))
    return or_(*said)


def _in_taxonomy(table: str, taxonomy_id: str) -> ColumnElement[bool]:
    if table == "taxonomy_term":
        return TaxonomyTerm.taxonomy_id == taxonomy_id
    terms = select(TaxonomyTerm.id).where(TaxonomyTerm.taxonomy_id == taxonomy_id)
    return _classified(table, Attribute.taxonomy_term_id.in_(terms))


def _classified(table: str, carries: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether a record carries a term: itself, or a service of it that does."""

    def linked(entity: str) -> Select[Any]:
        return select(Attribute.link_id).where(Attribute.link_entity == entity, carries)

    itself = _MODELS[table].id.in_(linked(table))
    if table == "organization":
        offered = select(Service.organization_id).where(Service.id.in_(linked("service")))
        return or_(itself, Organization.id.in_(offered))
    if table == "service_at_location":
        return or_(itself, ServiceAtLocation.service_id.in_(linked("service")))
    return and_(itself)


def _of_organization(table: str, organization_id: str) -> ColumnElement[bool]:
    if table == "service_at_location":
        theirs = select(Service.id).where(Service.organization_id == organization_id)
        return ServiceAtLocation.service_id.in_(theirs)
    return Service.organization_id == organization_id


def _service_of(table: str) -> Any:
    return ServiceAtLocation.service_id if table == "service_at_location" else Service.id
