"""Learning from answers and outcomes: each adds to what is believed of a service, and fades with its age."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, select, update

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.matching.models import Acceptance, TrackRecord
from resource_hub.matching.policy import current

_SECONDS_A_DAY = 86_400
_SHARES = ("contacted", "received", "met")
_SUMS = ("answers", "answer_hours", *(name for share in _SHARES for name in (f"{share}_known", share)))


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


def learn_answer(
    work: Work, service_at_location_id: str, market_id: str, needs: Iterable[str], *, hours: float
) -> None:
    """Add how long one answer took, in hours on the clock."""
    for need in sorted(set(needs)):
        _add(work, (service_at_location_id, need, market_id), {"answers": 1.0, "answer_hours": max(hours, 0.0)})


def learn_outcome(
    work: Work, service_at_location_id: str, market_id: str, needs: Iterable[str], *, known: Mapping[str, bool]
) -> None:
    """Add one report of what came of a request: of `contacted`, `received` and `met` those that are known."""
    added = {f"{name}_known": 1.0 for name in known} | {name: float(value) for name, value in known.items()}
    for need in sorted(set(needs)):
        _add(work, (service_at_location_id, need, market_id), added)


def _add(work: Work, key: tuple[str, str, str], added: Mapping[str, float]) -> None:
    """Add to sums that fade; safe beside others that add at the same moment."""
    names = dict(zip(("service_at_location_id", "need", "market_id"), key, strict=True))
    row: dict[str, object] = {**names, **dict.fromkeys(_SUMS, 0.0), **added, "as_of": work.now}
    if insert_new(work.session, TrackRecord, row):
        return
    mine = (TrackRecord.service_at_location_id == key[0], TrackRecord.need == key[1])
    sums = tuple(getattr(TrackRecord, name) for name in _SUMS)
    while True:
        before = work.session.execute(select(TrackRecord.as_of, *sums).where(*mine)).one()
        unchanged = [column == value for column, value in zip((TrackRecord.as_of, *sums), before, strict=True)]
        query = update(TrackRecord).where(*mine, *unchanged).values(_sums_after(work, before, added))
        done = work.session.execute(query.execution_options(synchronize_session=False))
        if isinstance(done, CursorResult) and done.rowcount == 1:
            return


def _sums_after(work: Work, before: Row[Any], added: Mapping[str, float]) -> dict[str, object]:
    as_of, fade = before[0], _fade(work, before[0])
    sums: dict[str, float] = dict(zip(_SUMS, before[1:], strict=True))
    after = {name: value * fade + added.get(name, 0.0) for name, value in sums.items()}
    # Rounding must not make a share more than one.
    after |= {name: min(after[name], after[f"{name}_known"]) for name in _SHARES}
    return {**after, "as_of": max(work.now, as_of)}


def _fade(work: Work, as_of: datetime) -> float:
    days = (work.now - as_of).total_seconds() / _SECONDS_A_DAY
    return float(2 ** -(max(days, 0.0) / current().acceptance.half_life_days))


def _added(work: Work, service_at_location_id: str, need: str, accepted: float) -> bool:
    """Add to the sums, and return False when somebody else changed them since they were read."""
    key = (Acceptance.service_at_location_id == service_at_location_id, Acceptance.need == need)
    sums = select(Acceptance.answered, Acceptance.accepted, Acceptance.as_of).where(*key)
    answered_before, accepted_before, as_of = work.session.execute(sums).one()
    fade = _fade(work, as_of)
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
