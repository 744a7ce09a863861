"""Duplicates: two records side by side, which a steward says are one, are two, or can wait; and undoing a merge."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import AnyOf, Optional

from resource_hub.core.errors import Conflict, Refused
from resource_hub.handoff.queries.counted import count_open, counted_on
from resource_hub.inventory.models import DuplicatePair
from resource_hub.inventory.queries import duplicates as stored
from resource_hub.inventory.queries.sides import Side, side_of
from resource_hub.inventory.rules.merging import FIELDS, better_from_gone
from resource_hub.inventory.service import duplicates, merging
from resource_hub.inventory.values import MergeRequest, PairStatus, RecordKind
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import DIRECTORY, STEWARD, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_translate

blueprint = Blueprint("duplicates", __name__, url_prefix="/steward/duplicates")

FIRST, SECOND = "first", "second"
DECISIONS = ("same", "different", "later")
# Shown and chosen with the field before it.
WITH_ANOTHER = {"longitude": "latitude"}


class PairForm(Form):
    decision = StringField(
        _("What are they?"), [AnyOf(("same", "different", "later"), _("Choose one of the buttons."))]
    )
    kept = StringField(_("Which record stays?"), [Optional(), AnyOf((FIRST, SECOND), _("Choose one of the buttons."))])


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the pair to decide about next, how many wait, and the last merges."""
    work = current_work()
    pair = stored.next_pair(work.session, work.actor)
    return _page(pair, PairForm()) if pair else render_template("steward/no_duplicates.html", queue=_queue())


@blueprint.get("/<uuid:pair_id>")
@guarded(DIRECTORY)
def show(pair_id: UUID) -> ResponseReturnValue:
    """Show one pair."""
    return _page(_pair(pair_id), PairForm())


@blueprint.post("/<uuid:pair_id>")
@guarded(STEWARD)
def decide(pair_id: UUID) -> ResponseReturnValue:
    """Merge the two records, or write down that they are two, or put them off for later."""
    pair, form = _pair(pair_id), PairForm()
    if not form.saves(lambda: _decide(pair, form.decision.data or "", request.form)):
        return _page(pair, form), 422
    if form.decision.data == "same":
        flash(gettext("The two records are one now. You can undo it below."))
    return redirect(url_for("duplicates.index"), 303)


@blueprint.post("/merges/<uuid:merge_id>/undo")
@guarded(STEWARD)
def undo(merge_id: UUID) -> ResponseReturnValue:
    """Make two records again of what was merged."""
    try:
        merging.undo(current_work(), str(merge_id))
    except (Refused, Conflict) as refusal:
        flash(refusal.text, "error")
    else:
        flash(gettext("The merge is undone: there are two records again."))
    return redirect(url_for("duplicates.index"), 303)


def _pair(pair_id: UUID) -> DuplicatePair:
    work = current_work()
    return stored.get_pair(work.session, work.actor, str(pair_id))


def _decide(pair: DuplicatePair, decision: str, sent: MultiDict[str, str]) -> None:
    work = current_work()
    if decision != "same":
        duplicates.decide(work, pair.id, PairStatus(decision))
        return
    kept = sent.get("kept") or FIRST
    ids = {FIRST: pair.first_id, SECOND: pair.second_id}
    gone = SECOND if kept == FIRST else FIRST
    request_ = MergeRequest(
        kind=RecordKind(pair.kind),
        kept_id=ids.get(kept, pair.first_id),
        gone_id=ids[gone],
        taken=frozenset(name for name in FIELDS[RecordKind(pair.kind)] if _chosen(sent, name) == gone),
        based_on=(_seen(sent, kept), _seen(sent, gone)),
    )
    places = stored.places_on(work.session, request_.kind, request_.gone_id)
    merging.merge(work, request_, counted_on(work.session, places))


def _chosen(sent: MultiDict[str, str], name: str) -> str | None:
    return sent.get(f"take.{WITH_ANOTHER.get(name, name)}")


def _seen(sent: MultiDict[str, str], side: str) -> datetime:
    try:
        return datetime.fromisoformat(sent.get(f"seen.{side}", ""))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _page(pair: DuplicatePair, form: PairForm) -> str:
    session, kind = current_work().session, RecordKind(pair.kind)
    first, second = side_of(session, kind, pair.first_id), side_of(session, kind, pair.second_id)
    kept, gone = (first, second) if first.said >= second.said else (second, first)
    from_gone = better_from_gone(kept.values, gone.values, (kept.changed_at, gone.changed_at), kind)
    return render_template(
        "steward/duplicates.html",
        pair=pair,
        reasons=[current_translate()(reason) for reason in pair.reasons],
        form=form,
        sides={FIRST: first, SECOND: second},
        kept=request.form.get("kept") or (FIRST if kept is first else SECOND),
        chosen={name: _side(name, first, kept, from_gone) for name in FIELDS[kind]},
        rows=_rows(kind, first, second),
        open_handoffs={FIRST: count_open(session, first.places), SECOND: count_open(session, second.places)},
        queue=_queue(),
    )


def _side(name: str, first: Side, kept: Side, from_gone: frozenset[str]) -> str:
    sent = request.form.get(f"take.{name}")
    if sent in {FIRST, SECOND}:
        return sent
    is_kept_first = kept is first
    return FIRST if (name in from_gone) is not is_kept_first else SECOND


def _rows(kind: RecordKind, first: Side, second: Side) -> list[tuple[str, str, str, bool]]:
    """Return the fields that one of the two has: name, both values, whether they differ."""
    rows = []
    for name in FIELDS[kind]:
        if name not in WITH_ANOTHER:
            one, other = _shown(name, first), _shown(name, second)
            rows.append((name, one, other, one != other))
    return [row for row in rows if row[1] or row[2]]


def _shown(name: str, side: Side) -> str:
    value = side.values[name]
    beside = next((other for other, lead in WITH_ANOTHER.items() if lead == name), None)
    words = "" if value is None else str(value)
    return f"{words}, {side.values[beside]}" if words and beside else words


def _queue() -> dict[str, object]:
    """Return how many pairs wait, and the last merges with the names of their records."""
    work = current_work()
    merges = stored.merges_of(work.session, work.actor)
    names: dict[str, str] = {}
    for kind in RecordKind:
        ids = [one for merge in merges if merge.kind == kind for one in (merge.kept_id, merge.gone_id)]
        names |= stored.names_of(work.session, kind, ids)
    return {"waiting": stored.count_waiting(work.session, work.actor), "merges": merges, "names": names}
