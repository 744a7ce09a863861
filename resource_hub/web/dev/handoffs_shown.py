"""Parts of handoffs and figures."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from resource_hub.handoff.episodes.values.words import DoctorState
from resource_hub.web.dev.specimens import Specimen
from resource_hub.web.shared.appointments import AppointmentForm
from resource_hub.web.shared.handoff_forms import AttemptForm, MessageForm, OutcomeForm, StepForm

PARTS, FIGURES, PACKET, DONE = (
    f"shared/{name}.html" for name in ("handoff_parts", "figures", "packet", "fidelity_parts")
)
_AT, _ZONE = datetime(2026, 11, 24, 15, 30, tzinfo=UTC), "America/New_York"
_HERE = "/dev/components"
_FOLD = "Say what is wrong and how to mend it."
_ROUTE = {
    "kind": "phone",
    "value": "4145550143",
    "safe_to_leave_message": True,
    "best_time": "after 5 pm",
    "note": "",
    "proxy": "",
}
_ROUTES = [
    _ROUTE,
    _ROUTE
    | {
        "kind": "email",
        "value": "ana@example.org",
        "safe_to_leave_message": False,
        "note": "Spanish",
        "proxy": "Her son",
    },
]
_STEP = {
    "status": "requested",
    "reason": None,
    "fact": None,
    "comment": "",
    "who": "Cora Lee",
    "set_as": "referrer",
    "at": _AT,
}
_VIEW: dict[str, Any] = {
    "history": [
        _STEP,
        _STEP
        | {
            "status": "rejected",
            "reason": "not_eligible",
            "fact": "age",
            "comment": "Over 60 only.",
            "set_as": "recipient",
        },
    ],
    "time_zone": _ZONE,
    "position": 2,
    "viewer": "referrer",
    "status": "accepted",
    "next_action": "record_outcome",
    "appointment_at": None,
    "outcomes": [],
    "organization": "Harbor Table",
    "service": "Food pantry",
    "requested_by": "Cora Lee",
    "urgency": "soon",
    "due_at": _AT,
    "consent_holds": True,
    "packet": {
        "name": "Ana Ruiz",
        "routes": _ROUTES,
        "language": "es",
        "birth": "1961",
        "postal_code": "53206",
        "facts": [("age", 65)],
    },
}
_OUTCOME = {
    "contacted": "yes",
    "received": "yes",
    "need_met": "partly",
    "experience": "good",
    "who": "Cora Lee",
    "reported_as": "referrer",
    "at": _AT,
}
_ROW = {
    "overdue": False,
    "due_at": _AT,
    "time_zone": _ZONE,
    "urgency": "routine",
    "consent_holds": True,
    "person_name": "Ana Ruiz",
    "needs": ["food-insecurity"],
    "service": "Food pantry",
    "status": "requested",
    "why": "next",
    "next_action": "answer",
}
_COUNTS = {"asked": 12, "answered": 11, "accepted": 9, "loop_known": 7, "received": 6, "need_met": 4}


def moves() -> Sequence[Specimen]:
    """Return where a handoff stands and the forms that move it."""
    step, refused = StepForm.build(), StepForm.build()
    refused.target.data, refused.comment.data, refused.on_behalf.data = "rejected", "We are full until May.", False
    refused.comment.errors = [_FOLD]
    steps = [{"target": "accepted", "needs_reason": False}, {"target": "rejected", "needs_reason": True}]
    return (
        Specimen(PARTS, "state_line", "two steps", [_VIEW]),
        Specimen(PARTS, "history", "two steps, with a reason", [_VIEW]),
        Specimen(PARTS, "step_form", "one without a reason, one with", [step, _VIEW, steps, _HERE, "step"]),
        Specimen(PARTS, "step_form", "refused", [refused, _VIEW, steps[1:], _HERE, "step"]),
        Specimen(PARTS, "step_form", "for the other side", [step, _VIEW, steps, _HERE, "recorded_step", True]),
        Specimen(PARTS, "unsent", "somebody was faster", [refused, []]),
        Specimen(PARTS, "unsent", "nothing was lost: nothing is seen", [step, []]),
    )


def words() -> Sequence[Specimen]:
    """Return appointments, attempts, messages and outcomes, and their forms."""
    attempt, message, day = AttemptForm(), MessageForm(), AppointmentForm()
    wrong_attempt, wrong_message, wrong_day = AttemptForm(), MessageForm(), AppointmentForm()
    for one in (wrong_attempt.route, wrong_attempt.result, wrong_message.text, wrong_day.at):
        one.errors = [_FOLD]
    tried = [{"at": _AT, "route": "phone", "result": "no_answer", "who": "Paula"}]
    said = [{"at": _AT, "text": "Can she come\non Monday?", "who": "Paula", "written_as": "recipient"}]
    told, made = _VIEW | {"outcomes": [_OUTCOME]}, _VIEW | {"appointment_at": _AT}
    return (
        Specimen(PARTS, "appointment", "none yet", [_VIEW, day, _HERE, _HERE]),
        Specimen(PARTS, "appointment", "made, and changed wrongly", [made, wrong_day, _HERE, _HERE]),
        Specimen(PARTS, "attempts", "one", [tried, _ZONE]),
        Specimen(PARTS, "attempt_form", "closed", [attempt, _HERE]),
        Specimen(PARTS, "attempt_form", "refused", [wrong_attempt, _HERE]),
        Specimen(PARTS, "thread", "one message", [said, _ZONE]),
        Specimen(PARTS, "message_form", "empty", [message, _HERE]),
        Specimen(PARTS, "message_form", "refused", [wrong_message, _HERE]),
        Specimen(PARTS, "wrong", "an error beside a field", [wrong_message.text]),
        Specimen(PARTS, "outcomes", "one", [told]),
        Specimen(PARTS, "outcome_form", "not known yet", [OutcomeForm.build(), _HERE]),
        Specimen(PARTS, "outcome_panel", "one said, another asked for", [told, OutcomeForm.build(), _HERE]),
        Specimen(PARTS, "routes", "safe to leave a message, and not", [_ROUTES]),
    )


def lists() -> Sequence[Specimen]:
    """Return rows of lists and the packet."""
    late = _ROW | {
        "overdue": True,
        "urgency": "urgent",
        "status": "accepted",
        "why": "late",
        "next_action": "contact_person",
    }
    ended = _ROW | {"consent_holds": False, "due_at": None}
    unread = _VIEW | {"consent_holds": False, "packet": None, "status": "requested"}
    contact = {"name": "Cora Lee", "phone": "414-555-0100", "hours": "8 to 4"}
    rows = {"in time": _ROW, "late and urgent": late, "consent has ended": ended}
    needs, papers, today = ["food-insecurity"], ["photo ID"], date(2026, 11, 24)
    return (
        *(Specimen(PARTS, "work_time", state, [row]) for state, row in rows.items()),
        *(Specimen(PARTS, "received_row", state, [row, _HERE], inside="ol.worklist") for state, row in rows.items()),
        Specimen(PACKET, "packet_page", "all of it", [_VIEW, needs, "Ground floor, please.", contact, papers, today]),
        Specimen(PACKET, "packet_page", "no consent now", [unread, needs, "", None, [], today]),
    )


def figures() -> Sequence[Specimen]:
    """Return figures, whole and with small counts hidden."""
    line = {"service": "Food pantry", "organization": "Harbor Table", "figures": _COUNTS}
    names = ("episodes", "closed", "clock_moved", "contacts", "days_with_contact", "gaps_closed", "gaps_open")
    whole = {
        "since": date(2026, 9, 1),
        "until": date(2026, 11, 24),
        "markets": [],
        "chosen": None,
        "whole": True,
        "figures": dict.fromkeys(names, 14),
        "lines": [{"step": "two-day-call", "counts": (12, 1, 1, 0), "total": 14}],
        "weeks": (3, 14, 12, 9, 4),
        "doctor": dict.fromkeys(DoctorState, 12),
    }
    hidden = whole | {"whole": False, "figures": dict.fromkeys(names) | {"episodes": 14}, "weeks": (None,) * 5}
    none = whole | {"figures": dict.fromkeys(names, 0)}
    return (
        Specimen(FIGURES, "figures_table", "with all of them", [[line], _COUNTS]),
        Specimen(FIGURES, "counts", "a row", [_COUNTS], inside="table.usa-table tbody tr"),
        Specimen(DONE, "count", "hidden", [None]),
        Specimen(DONE, "fidelity", "whole", [whole, _HERE, _HERE]),
        Specimen(DONE, "fidelity", "small counts hidden", [hidden, _HERE, _HERE]),
        Specimen(DONE, "fidelity", "nothing yet", [none, _HERE, _HERE]),
    )
