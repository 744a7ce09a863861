"""The date with the physician after the discharge."""

from datetime import datetime, timedelta

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.service.writing import refuse, settle, take
from resource_hub.handoff.episodes.values.words import DoctorState

FURTHEST = timedelta(days=366)
_WITH_TIME = frozenset({DoctorState.MADE, DoctorState.KEPT, DoctorState.MISSED})


def note_doctor(work: Work, episode_id: str, state: DoctorState, at: datetime | None = None) -> None:
    """Note where the visit to the physician stands; one that was made, kept or missed has a time.

    Refuses with NotFound, episode_closed, and bad_episode for a missing time and for a kept visit that is to come.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        when = (at or taken.record.doctor_at) if state in _WITH_TIME else None
        faults = []
        if state in _WITH_TIME and when is None:
            faults.append(Fault("at", "missing", _("Write when the visit is or was.")))
        elif when and abs(when - work.now) > FURTHEST:
            faults.append(Fault("at", "out_of_range", _("Use a day within a year of today.")))
        elif state is not DoctorState.MADE and when and when > work.now:
            faults.append(Fault("at", "out_of_range", _("This visit is still to come.")))
        refuse(faults)
        taken.record.doctor, taken.record.doctor_at = state, when
        settle(work, taken.record, "episode.doctor_noted", ("state", state))
