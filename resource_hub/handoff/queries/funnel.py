"""How far the people of a market came, from screening to help."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from resource_hub.accounts.work import Work
from resource_hub.handoff.models import HandoffStatus, Outcome, Referral
from resource_hub.handoff.queries.figures import DAYS
from resource_hub.handoff.rules.funnel import FunnelStep, funnel
from resource_hub.handoff.values.words import Status
from resource_hub.people.models import PersonRecord
from resource_hub.screening.models import NeedRecord, ScreeningRecord
from resource_hub.screening.values import WantsHelp

_NOT_SENT = (Status.DRAFT, Status.ENTERED_IN_ERROR)


def funnel_of(work: Work, market_id: str) -> tuple[FunnelStep, ...]:
    """Return the steps of a market's last year; the caller has made sure that the actor sees the market.

    Each step counts people who took all steps before it too.
    """
    since = work.now - timedelta(days=DAYS)
    screened = exists().where(ScreeningRecord.person_id == PersonRecord.id, ScreeningRecord.screened_at > since)
    wants = exists().where(NeedRecord.person_id == PersonRecord.id, NeedRecord.wants_help == WantsHelp.YES)
    sent = (
        Referral.person_id == PersonRecord.id,
        Referral.requested_at > since,
        Referral.status.not_in(_NOT_SENT),
    )
    had = exists().where(HandoffStatus.referral_id == Referral.id, HandoffStatus.status == Status.ACCEPTED)
    received = exists().where(Outcome.referral_id == Referral.id, Outcome.received == "yes")
    met = exists().where(Outcome.referral_id == Referral.id, Outcome.need_met == "yes")
    steps: list[ColumnElement[bool]] = [
        screened,
        wants,
        exists().where(*sent),
        exists().where(*sent, had),
        exists().where(*sent, had, received),
        exists().where(*sent, had, received, met),
    ]
    so_far = (and_(*steps[: number + 1]) for number in range(len(steps)))
    counted = (func.coalesce(func.sum(case((holds, 1), else_=0)), 0) for holds in so_far)
    row = work.session.execute(select(*counted).where(PersonRecord.market_id == market_id)).one()
    return funnel([int(count) for count in row])
