"""The fidelity report as a table and as CSV, whole for those who did the work, without small counts for others."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request
from flask_babel import gettext

from resource_hub.handoff.episodes.queries import fidelity_of
from resource_hub.handoff.episodes.rules.fidelity import SMALLEST_SHOWN, shown
from resource_hub.handoff.episodes.values.course import Fidelity, Tally
from resource_hub.handoff.episodes.values.words import DoctorState
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import list_markets
from resource_hub.web.shared.hub import current_work

USUAL_DAYS = 90
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)

Counts = tuple[int | None, ...]


@dataclass(frozen=True)
class Line:
    """One step: on time, late, missed, to come, and all of them; None is a count that is not shown."""

    step: str
    counts: Counts
    total: int | None


@dataclass(frozen=True)
class Report:
    """What is shown for a time and some markets."""

    since: date
    until: date
    markets: list[Market]
    chosen: Market | None
    whole: bool
    figures: dict[str, int | None]
    lines: list[Line]
    weeks: Counts
    doctor: dict[str, int | None]


def report(*, whole: bool) -> Report:
    """Return the report that the address asks for; what cannot be read there is as if it were not there."""
    work = current_work()
    mine = [market for market in list_markets(work.session) if market.id in work.actor.market_ids]
    chosen = next((market for market in mine if market.slug == request.args.get("market")), None)
    until = _day("until") or work.now.date()
    since = min(_day("since") or until - timedelta(days=USUAL_DAYS), until)
    found = fidelity_of(work, since, until, {market.id for market in ([chosen] if chosen else mine)})
    hide = _as_it_is if whole else shown
    return Report(
        since=since,
        until=until,
        markets=mine,
        chosen=chosen,
        whole=whole,
        figures=_figures(found, whole=whole),
        lines=[_line(tally, whole=whole) for tally in found.tallies],
        weeks=hide(found.contacts_by_week),
        doctor=dict(zip(DoctorState, hide([found.doctor.get(state, 0) for state in DoctorState]), strict=True)),
    )


def as_csv(shown_report: Report) -> Response:
    """Return a report as a file: one line for each figure; what is not shown is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["kind", "name", "on_time", "late", "missed", "to_come", "count"])
    for line in shown_report.lines:
        writer.writerow(["step", line.step, *(_cell(count) for count in line.counts), _cell(line.total)])
    for kind, name, count in _single(shown_report):
        writer.writerow([kind, name, "", "", "", "", _cell(count)])
    name = f"fidelity-{shown_report.since}-{shown_report.until}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _single(shown_report: Report) -> Iterator[tuple[str, str, int | None]]:
    for name, count in shown_report.figures.items():
        yield "figure", name, count
    for week, count in enumerate(shown_report.weeks):
        yield "contacts_in_week", str(week), count
    for state, count in shown_report.doctor.items():
        yield "physician_visit", state, count


def _figures(found: Fidelity, *, whole: bool) -> dict[str, int | None]:
    hide = _as_it_is if whole else shown
    closed, going = hide((found.closed, found.episodes - found.closed))
    reached, vain = hide((found.reached, found.contacts - found.reached))
    gaps_closed, gaps_open = hide((found.gaps_closed, found.gaps_opened - found.gaps_closed))
    moved, _unmoved = hide((found.clock_moved, found.episodes - found.clock_moved))
    return {
        "episodes": _total(found.episodes, whole=whole),
        "closed": closed,
        "open": going,
        "clock_moved": moved,
        "contacts": _total(found.contacts, whole=whole),
        "contacts_reached": reached,
        "contacts_in_vain": vain,
        "days_with_contact": _total(found.contact_days, whole=whole),
        "gaps_closed": gaps_closed,
        "gaps_open": gaps_open,
    }


def _line(tally: Tally, *, whole: bool) -> Line:
    counts = (tally.on_time, tally.late, tally.missed, tally.undecided)
    return Line(tally.step, _as_it_is(counts) if whole else shown(counts), _total(sum(counts), whole=whole))


def _total(count: int, *, whole: bool) -> int | None:
    return count if whole or count == 0 or count >= SMALLEST_SHOWN else None


def _as_it_is(counts: "list[int] | tuple[int, ...]") -> Counts:
    return tuple(counts)


def _cell(count: int | None) -> str:
    return gettext("under 11") if count is None else str(count)


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return None
    # A day before all episodes, or far from now, is a slip.
    return found if _FIRST <= found <= _LAST else None
