"""A market's directory on which every act of stewards, workers, organizations and residents can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts import service as accounts
from resource_hub.accounts.models import IdempotencyRecord, Notice
from resource_hub.accounts.values import Actor, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.exchange.importing import jobs
from resource_hub.exchange.importing.files import Store
from resource_hub.inventory.models import (
    BulkDecision,
    DuplicatePair,
    EligibilityRule,
    ImportConflict,
    ImportJob,
    Market,
    Phone,
)
from resource_hub.inventory.queries.listings import get_listing
from resource_hub.inventory.service import links, merging, reports, suggestions
from resource_hub.inventory.service.eligibility import rule_row
from resource_hub.inventory.values import (
    NeedSuggestion,
    Operator,
    PairStatus,
    RecordKind,
    ReportKind,
    Rule,
    RuleStatus,
)
from tests.conftest import as_actor
from tests.exchange.importing.conftest import LIST
from tests.factories import Listing, a_listing, a_user, stamps
from tests.inventory.duplicates.two import Two, two

FOOD, RIDES, SHELTER = "food-insecurity", "transportation-insecurity", "homelessness"
VETERANS = Rule("veteran", Operator.IS, value=True, status=RuleStatus.SUGGESTED)


@dataclass(frozen=True)
class Directory:
    """A market with a listing that much is open about, records that are there twice, and imports on their way."""

    market_id: str
    slug: str
    steward: Actor
    other: Actor
    listing: Listing
    based_on: datetime
    phone: str
    rule: str
    report: str
    pair: str
    merge: str
    decided_needs: str
    link: str
    twins: Two
    mapped: str
    looked: str
    unwanted: str
    conflict: str
    account: str
    notice: str
    store: Store


Act = Callable[[Work, Directory], object]


def a_directory(work: Work, market_id: str, folder: Path) -> Directory:
    """Make all of it."""
    market = work.session.get_one(Market, market_id)
    steward, other = a_user(work, Role.STEWARD, market), a_user(work, Role.STEWARD, market)
    desk, store = as_actor(work, steward), Store(folder)
    done = merging.merge(desk, two(work, market).request(RecordKind.ORGANIZATION))
    listing = a_listing(work, market, name="Night shelter", needs=(), at=None)
    service = listing.service.id
    phone = Phone(**stamps(work, market), service_id=service, number="410-555-0111")
    rule = EligibilityRule(**rule_row(work, market.id, service, VETERANS, "import"))
    work.session.add_all([phone, rule])
    found = [NeedSuggestion(service, need, 0.9, ("bed",)) for need in (FOOD, RIDES, SHELTER)]
    suggestions.store_suggestions(work, market, found)
    suggestions.decide_needs(desk, market.id, [(service, SHELTER)], approve=True)
    twins = two(work, market)
    pair = _pair(work, market, twins.kept.service.id, twins.gone.service.id)
    mapped, looked, unwanted = (_job(desk, store, market, f"{LIST}Other,Kitchen {number},,\n") for number in range(3))
    mapped.state, looked.state, unwanted.state = jobs.MAPPING, jobs.LOOKED, jobs.LOOKED
    conflict = ImportConflict(
        id=work.new_id(), market_id=market.id, job_id=looked.id, resource_type="service", resource_id=service,
        field_name="description", ours="", theirs="A bed", theirs_value={"value": "A bed"}, state="open",
        seen_at=work.now,
    )  # fmt: skip
    work.session.add_all([pair, conflict])
    account = accounts.add_user(work, NewUser("has@example.org", "Has", Role.STEWARD, "a long enough word"))
    work.session.add(
        IdempotencyRecord(key="long ago", request_mac="", created_at=work.now - 2 * accounts.REQUESTS_ARE_KEPT)
    )
    report = reports.report_error(work, listing.service, ReportKind.HOURS)
    link = links.make_link(desk, listing.organization.id, 30)
    work.session.flush()
    (decision,) = work.session.scalars(select(BulkDecision.id))
    shown = get_listing(work.session, steward, service)
    return Directory(
        market.id, market.slug, steward, other, listing, shown.changed_at, phone.id, rule.id, report.id, pair.id,
        done.id, decision, link.id, twins, mapped.id, looked.id, unwanted.id, conflict.id, account.id,
        _undelivered(work, listing), store,
    )  # fmt: skip


def _undelivered(work: Work, listing: Listing) -> str:
    outbox.notify_organization(work, listing.organization.id, "handoff.update", "did not arrive")
    (notice,) = work.session.scalars(select(Notice).where(Notice.dedup_key == "did not arrive"))
    notice.attempts, notice.last_error = 1, "smtp_away"
    return notice.id


def _pair(work: Work, market: Market, *ids: str) -> DuplicatePair:
    first, second = sorted(ids)
    return DuplicatePair(
        id=work.new_id(), market_id=market.id, kind=RecordKind.SERVICE, first_id=first, second_id=second, score=0.9,
        reasons=[], said="the same", status=PairStatus.OPEN, found_at=work.now,
    )  # fmt: skip


def _job(work: Work, store: Store, market: Market, text: str) -> ImportJob:
    job = jobs.upload(work, store, market.id, "list.csv", BytesIO(text.encode()))
    head = jobs.head_of(work, store, job)
    return jobs.choose_mapping(work, store, job.id, head.mapping)
