"""Suggestions that wait for a steward, and what was decided last; always of one market in the steward's scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from resource_hub.inventory.models import (
    BulkDecision,
    EligibilityRule,
    Organization,
    Service,
    ServiceNeed,
    ServiceNeedSuggestion,
)
from resource_hub.inventory.values import RuleStatus

T = TypeVar("T")

_MERGED = select(Service.id).where(Service.merged_into.is_not(None))


@dataclass(frozen=True)
class Waiting(Generic[T]):
    """A page of suggestions with their services, and how many there are in all."""

    rows: list[tuple[T, Service, Organization]]
    total: int


def count_needs(session: Session, market_id: str, least: float) -> Mapping[str, int]:
    """Return how many suggestions of at least a probability wait, by need."""
    query = select(ServiceNeedSuggestion.need, func.count()).where(*_open_needs(market_id, least))
    return dict(session.execute(query.group_by(ServiceNeedSuggestion.need)).all())


def waiting_needs(
    session: Session, market_id: str, need: str, least: float, *, limit: int, offset: int
) -> Waiting[ServiceNeedSuggestion]:
    """Return suggestions of a need, the most probable first."""
    query = (
        select(ServiceNeedSuggestion, Service, Organization)
        .join(Service, Service.id == ServiceNeedSuggestion.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(*_open_needs(market_id, least), ServiceNeedSuggestion.need == need)
        .order_by(ServiceNeedSuggestion.probability.desc(), Service.name, Service.id)
    )
    return _page(session, query, limit, offset)


def count_rules(session: Session, market_id: str) -> Mapping[str, int]:
    """Return how many suggested rules wait, by the fact that they ask for."""
    query = select(EligibilityRule.fact, func.count()).where(*_open_rules(market_id))
    return dict(session.execute(query.group_by(EligibilityRule.fact)).all())


def waiting_rules(session: Session, market_id: str, fact: str, *, limit: int, offset: int) -> Waiting[EligibilityRule]:
    """Return suggested rules about a fact, by the words that they were read from."""
    query = (
        select(EligibilityRule, Service, Organization)
        .join(Service, Service.id == EligibilityRule.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(*_open_rules(market_id), EligibilityRule.fact == fact)
        .order_by(EligibilityRule.words, Service.name, EligibilityRule.id)
    )
    return _page(session, query, limit, offset)


def last_decision(session: Session, market_id: str, kind: str) -> BulkDecision | None:
    """Return what was decided last in a market about needs or rules, unless it was taken back."""
    query = select(BulkDecision).where(BulkDecision.market_id == market_id, BulkDecision.kind == kind)
    newest = query.where(BulkDecision.undone_at.is_(None)).order_by(
        BulkDecision.decided_at.desc(), BulkDecision.id.desc()
    )
    return session.scalars(newest.limit(1)).first()


def _open_needs(market_id: str, least: float) -> tuple[ColumnElement[bool], ...]:
    answered = exists().where(
        ServiceNeed.service_id == ServiceNeedSuggestion.service_id, ServiceNeed.need == ServiceNeedSuggestion.need
    )
    return (
        ServiceNeedSuggestion.market_id == market_id,
        ServiceNeedSuggestion.status == "open",
        ServiceNeedSuggestion.probability >= least,
        # Somebody may have written it down elsewhere since.
        ~answered,
        ServiceNeedSuggestion.service_id.not_in(_MERGED),
    )


def _open_rules(market_id: str) -> tuple[ColumnElement[bool], ...]:
    other = aliased(EligibilityRule)
    earlier = exists().where(
        other.service_id == EligibilityRule.service_id,
        other.fact == EligibilityRule.fact,
        other.operator == EligibilityRule.operator,
        other.words == EligibilityRule.words,
        other.status == RuleStatus.SUGGESTED,
        other.alternative < EligibilityRule.alternative,
    )
    # The same words may stand in several alternatives: they are decided together.
    suggested = EligibilityRule.status == RuleStatus.SUGGESTED
    return EligibilityRule.market_id == market_id, suggested, ~earlier, EligibilityRule.service_id.not_in(_MERGED)


def _page(session: Session, query: Select[T, Service, Organization], limit: int, offset: int) -> Waiting[T]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    rows = session.execute(query.limit(limit).offset(offset))
    return Waiting([(row[0], row[1], row[2]) for row in rows], total or 0)
