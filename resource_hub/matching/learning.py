"""Learning from answers: each yes or no of an organization adds to what is believed of it."""

from collections.abc import Iterable

from sqlalchemy import CursorResult, select, update

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.matching.models import Acceptance
from resource_hub.matching.policy import current

_SECONDS_A_DAY = 86_400


def learn(work: Work, service_at_location_id: str, market_id: str, needs: Iterable[str], *, accepted: bool) -> None:
    """Add one answer to a request for needs; what was answered before fades with its age.

    Safe beside others that add to the same sums at the same moment: none is lost.
    """
    for need in sorted(set(needs)):
        row = {
            "service_at_location_id": service_at_location_id,
            "need": need,
            "market_id": market_id,
            "answered": 1.0,
            "accepted": float(accepted),
            "as_of": work.now,
        }
        if not insert_new(work.session, Acceptance, row):
            while not _added(work, service_at_location_id, need, float(accepted)):
                pass


def _added(work: Work, service_at_location_id: str, need: str, accepted: float) -> bool:
    """Add to the sums, and return False when somebody else changed them since they were read."""
    key = (Acceptance.service_at_location_id == service_at_location_id, Acceptance.need == need)
    sums = select(Acceptance.answered, Acceptance.accepted, Acceptance.as_of).where(*key)
    answered_before, accepted_before, as_of = work.session.execute(sums).one()
    days = (work.now - as_of).total_seconds() / _SECONDS_A_DAY
    fade = 2 ** -(max(days, 0.0) / current().acceptance.half_life_days)
    query = (
        update(Acceptance)
        .where(*key, Acceptance.answered == answered_before, Acceptance.accepted == accepted_before)
        .where(Acceptance.as_of == as_of)
        .values(
            answered=answered_before * fade + 1,
            # Rounding must not make it more than there were answers.
            accepted=min(accepted_before * fade + accepted, answered_before * fade + 1),
            as_of=max(work.now, as_of),
        )
    )
    done = work.session.execute(query.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount == 1
