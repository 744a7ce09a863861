"""What the organization is asked for: as a list, and as a file to keep."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.handoff import queries
from resource_hub.handoff.values.shown import InboxRow
from resource_hub.handoff.values.words import OPEN, Status
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import moment, need_name

blueprint = Blueprint("inbox", __name__, url_prefix="/partner")

SHOWN = tuple(status for status in Status if status in OPEN | {Status.COMPLETED} and status is not Status.DRAFT)
MOST_EXPORTED = 5000
COLUMNS = ("status", "urgency", "service", "person", "needs", "asked", "due", "consent")
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show the organization's handoffs that need something, by due time; of one status where one is chosen."""
    rows = queries.inbox(current_work())
    chosen = request.args.get("status", "")
    counts = {status: sum(row.status is status for row in rows) for status in SHOWN}
    shown = [row for row in rows if row.status == chosen] if chosen in SHOWN else rows
    return render_template("partner/inbox.html", rows=shown, counts=counts, chosen=chosen, total=len(rows))


@blueprint.post("/requests.csv")
@guarded(PARTNER, repeats=False)
def export() -> ResponseReturnValue:
    """Give the list as a file: what the consents cover now, nothing else; that it was taken is written down.

    Restricted handoffs are read on their page only: a file is copied where nobody sees it.
    """
    work = current_work()
    rows = [row for row in queries.inbox(work, MOST_EXPORTED) if not row.restricted]
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _cells(row)] for row in rows)
    detail = (("rows", str(len(rows))),)
    audit.record(work, AuditEntry("handoff.exported", "organization", work.actor.organization_id or "", detail))
    headers = {"Content-Disposition": "attachment; filename=requests.csv"}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _cells(row: InboxRow) -> tuple[str, ...]:
    return (
        row.status,
        row.urgency,
        row.service,
        row.person_name or "",
        "; ".join(need_name(code) for code in row.needs or ()),
        moment(row.requested_at, row.time_zone),
        moment(row.due_at, row.time_zone),
        "yes" if row.consent_holds else "no",
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
