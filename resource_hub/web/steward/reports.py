"""Errors that were reported: what is due, what was written, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.accounts.queries import names_of
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.errors import Fault
from resource_hub.inventory.errors import BadReport
from resource_hub.inventory.queries import checking, list_markets
from resource_hub.inventory.service.reports import note_place, resolve
from resource_hub.inventory.values import Resolution
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("reports", __name__, url_prefix="/steward/reports")


@dataclass(frozen=True)
class Note:
    """What somebody wrote with a report; `by` is the name of staff, None for anybody else."""

    at: datetime
    by: str | None
    text: str


@blueprint.get("")
@guarded(STEWARD)
def index() -> ResponseReturnValue:
    """Show the open reports of the steward's markets, the most urgent first."""
    work = current_work()
    zones = {market.id: market.time_zone for market in list_markets(work.session)}
    found = checking.reports_for(work.session, work.actor)
    return render_template(
        "steward/reports.html",
        reports=found,
        notes=notes_in_words(work, [one.report.id for one in found]),
        resolutions=list(Resolution),
        zones=zones,
        today={market_id: local_date(work.now, zone) for market_id, zone in zones.items()},
    )


@blueprint.post("/<uuid:report_id>")
@guarded(STEWARD)
def close(report_id: UUID) -> ResponseReturnValue:
    """Write down what came of a report."""
    said = request.form.get("resolution", "")
    if said not in set(Resolution):
        words = gettext("Say what came of the report.")
        raise BadReport(words, faults=(Fault("resolution", "missing", words),))
    resolve(current_work(), str(report_id), Resolution(said))
    flash(gettext("Saved."))
    return redirect(url_for("reports.index"), 303)


def notes_in_words(work: Work, report_ids: Collection[str]) -> dict[str, list[Note]]:
    """Return what was written with each report, opened."""
    notes = checking.notes_of(work.session, report_ids)
    names = names_of(work.session, {note.written_by for some in notes.values() for note in some if note.written_by})
    return {
        report_id: [
            Note(
                note.at,
                names.get(note.written_by or ""),
                work.vault.open(note.sealed_text, note_place(note.id)) if note.sealed_text else "",
            )
            for note in some
        ]
        for report_id, some in notes.items()
    }
