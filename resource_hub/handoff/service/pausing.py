"""Putting a handoff on hold until a day that the organization names."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.due import END_OF_DAY
from resource_hub.handoff.service.moving import move
from resource_hub.handoff.values.words import Reason, Status

LONGEST_PAUSE = timedelta(days=180)


def pause(work: Work, referral_id: str, until: date, expected_position: int | None = None) -> None:
    """Put a handoff on hold for want of room; it is due at the end of the day `until`, on the market's clock.

    Refuses as `move` does, with bad_request for a day that is not within the next 180 days.
    """
    with work.session.begin_nested():
        zone = scope.calendar_of(work, scope.get_scoped(work, referral_id).referral.market_id).zone
        today = local_date(work.now, zone)
        if not today < until <= today + LONGEST_PAUSE:
            text = _("Choose a day after today, within the next 180 days.")
            raise BadRequest(text, faults=(Fault("until", "out_of_range", text),))
        move(work, referral_id, Status.ON_HOLD, Reason.AT_CAPACITY, expected_position=expected_position)
        due_at = datetime.combine(until, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)
        query = update(Referral).where(Referral.id == referral_id).values(due_at=due_at)
        work.session.execute(query.execution_options(synchronize_session="fetch"))
