"""The figures of quality of a market, counted in a few statements and kept until its inventory changes or the day."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, ScalarSelect, Select, and_, distinct, func, or_, select, union
from sqlalchemy.orm import Session

from resource_hub.core.clock import local_date
from resource_hub.inventory.models import (
    Address,
    CostOption,
    EligibilityRule,
    ErrorReport,
    Language,
    Location,
    Market,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceNeed,
    Verification,
)
from resource_hub.inventory.queries.kept import Kept
from resource_hub.inventory.values import FactKind
from resource_hub.matching.queries.calling import checked_services
from resource_hub.matching.queries.knowledge import verified_of
from resource_hub.matching.values.quality import Mended, Quality

YEAR = timedelta(days=365)
_kept: Kept[Quality] = Kept()
_Ids = Select[str]


def quality_of(session: Session, market: Market, now: datetime) -> Quality:
    """Return the figures of a market's active listings, from the process where nothing changed today."""
    found = _kept.get(session, market, lambda: _counted(session, market, now))
    if found.day == local_date(now, market.time_zone):
        return found
    found, bind = _counted(session, market, now), session.get_bind()
    if isinstance(bind, Engine):
        _kept.put(bind, market, found)
    return found


def _counted(session: Session, market: Market, now: datetime) -> Quality:
    today = local_date(now, market.time_zone)
    services = checked_services(session, market.id)
    verified, _listing = verified_of(session, market.id, services)
    return Quality(
        day=today,
        listings=len(services),
        complete=_complete(session, market.id),
        ages=today.toordinal() - verified,
        checked_by=_checked_by(session, market.id, now),
        mended=_mended(session, market, now),
    )


def _complete(session: Session, market_id: str) -> dict[str, int]:
    kinds = {
        "phone": _with_phone(),
        "hours": _at_places(Schedule, and_(Schedule.byday.is_not(None), Schedule.opens_at.is_not(None))),
        "address": _with_place(),
        "eligibility": select(EligibilityRule.service_id),
        "languages": _speaking(),
        "needs": select(ServiceNeed.service_id),
        "documents": select(RequiredDocument.service_id),
        "costs": _with_costs(),
    }
    row = session.execute(select(*(_count(market_id, ids) for ids in kinds.values()))).one()
    return dict(zip(kinds, row, strict=True))


def _count(market_id: str, ids: _Ids) -> ScalarSelect[int]:
    query = select(func.count(distinct(Service.id))).where(
        Service.market_id == market_id, Service.status == "active", Service.merged_into.is_(None), Service.id.in_(ids)
    )
    return query.scalar_subquery()


def _at_places(model: type[Phone | Schedule], which: ColumnElement[bool]) -> _Ids:
    """Return the services that have a record themselves, at one of their places, or by its location."""
    places = ServiceAtLocation
    whole = union(
        select(model.service_id).where(which, model.service_id.is_not(None)),
        select(places.service_id).join(model, model.service_at_location_id == places.id).where(which),
        select(places.service_id).join(model, model.location_id == places.location_id).where(which),
    ).subquery()
    return select(whole.c[0])


def _with_phone() -> _Ids:
    number = Phone.number != ""
    own = _at_places(Phone, number).subquery()
    whole = union(
        select(own.c[0]),
        select(Service.id).join(Phone, Phone.organization_id == Service.organization_id).where(number),
    ).subquery()
    return select(whole.c[0])


def _with_place() -> _Ids:
    """Return the services with a street address or coordinates of a place."""
    known = or_(Address.address_1 != "", and_(Location.latitude.is_not(None), Location.longitude.is_not(None)))
    return (
        select(ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .outerjoin(Address, Address.location_id == Location.id)
        .where(known)
    )


def _speaking() -> _Ids:
    whole = union(
        select(Language.service_id).where(Language.service_id.is_not(None)),
        select(ServiceAtLocation.service_id).join(Language, Language.location_id == ServiceAtLocation.location_id),
    ).subquery()
    return select(whole.c[0])


def _with_costs() -> _Ids:
    whole = union(
        select(CostOption.service_id),
        select(Service.id).where(or_(Service.fees_description != "", Service.fees != "")),
    ).subquery()
    return select(whole.c[0])


def _checked_by(session: Session, market_id: str, now: datetime) -> dict[str, int]:
    """Return how many listings were checked in the last twelve months, by whom; what a source assures is import."""
    since = (now - YEAR).date()
    query = (
        select(Service.assured_date, Verification.verified_on, Verification.source)
        .outerjoin(
            Verification,
            and_(Verification.service_id == Service.id, Verification.fact_kind == FactKind.LISTING.value),
        )
        .where(Service.market_id == market_id, Service.status == "active", Service.merged_into.is_(None))
    )
    counted: Counter[str] = Counter()
    for row in session.execute(query).mappings():
        verified, assured = row["verified_on"], row["assured_date"]
        if verified is not None and verified >= since:
            counted[row["source"] if row["source"] in {"steward", "organization"} else "import"] += 1
        elif assured is not None and assured >= since:
            counted["import"] += 1
    return dict(counted)


def _mended(session: Session, market: Market, now: datetime) -> Mended:
    today = local_date(now, market.time_zone)
    query = select(
        ErrorReport.open_key, ErrorReport.due_on, ErrorReport.opened_at, ErrorReport.resolved_at, ErrorReport.resolution
    ).where(
        ErrorReport.market_id == market.id,
        or_(ErrorReport.open_key.is_not(None), ErrorReport.resolved_at > now - YEAR),
    )
    rows = session.execute(query).all()
    closed = [row for row in rows if row.open_key is None]
    return Mended(
        open=len(rows) - len(closed),
        overdue=sum(row.due_on < today for row in rows if row.open_key is not None),
        ended=dict(Counter(row.resolution for row in closed)),
        days=tuple((row.resolved_at - row.opened_at) / timedelta(days=1) for row in closed),
    )
