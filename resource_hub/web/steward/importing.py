"""Importing a directory: choose a file, see what it is and what it would change, then have it carried out."""

import csv
from io import StringIO
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired

from resource_hub.accounts.queries import names_of
from resource_hub.core.errors import HubError
from resource_hub.exchange.importing import jobs
from resource_hub.exchange.importing.files import LARGEST_UPLOAD, Store
from resource_hub.inventory.models import ImportJob, Market
from resource_hub.inventory.queries import imports
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.steward.mapped import MappingForm, mapping_page, mapping_sent

blueprint = Blueprint("importing", __name__, url_prefix="/steward/import")

PAGE = 50
MOST_PAGES = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UploadForm(Form):
    market = SelectField(_("Market"), [InputRequired()])


@blueprint.get("")
@guarded(STEWARD)
def index() -> ResponseReturnValue:
    """Show the choice of a file, and the last imports."""
    return _index(_upload_form())


@blueprint.post("")
@guarded(STEWARD)
def upload() -> ResponseReturnValue:
    """Keep a file and begin its import; the same file again leads to the import that is open."""
    form, work = _upload_form(), current_work()
    sent = request.files.get("file")
    if not form.validate():
        return _index(form), 422
    if sent is None or not sent.filename:
        form.form_errors.append(gettext("Choose a file."))
        return _index(form), 422
    try:
        job = jobs.upload(work, store(), form.market.data, sent.filename, sent.stream)
    except HubError as refusal:
        form.blame(refusal)
        return _index(form), 422
    return redirect(url_for("importing.show", job_id=job.id), 303)


@blueprint.get("/<uuid:job_id>")
@guarded(STEWARD)
def show(job_id: UUID) -> ResponseReturnValue:
    """Show an import: its mapping, how far it is, what it would change, or what came of it."""
    return _page(_job(job_id))


@blueprint.post("/<uuid:job_id>/mapping")
@guarded(STEWARD)
def choose(job_id: UUID) -> ResponseReturnValue:
    """Show ten rows by the mapping as it was sent, or take it and look what would change."""
    job, form, work = _job(job_id), MappingForm(), current_work()
    head = jobs.head_of(work, store(), job)
    mapping = mapping_sent(head, request.form)
    try:
        if not form.validate() or "preview" in request.form:
            return mapping_page(job, _market(job), form, head, mapping), 422 if form.errors else 200
        jobs.choose_mapping(work, store(), job.id, mapping, form.save_as.data or "")
    except HubError as refusal:
        form.blame(refusal)
        return mapping_page(job, _market(job), form, head, mapping), 422
    return redirect(url_for("importing.show", job_id=job.id), 303)


@blueprint.post("/<uuid:job_id>/go")
@guarded(STEWARD)
def go(job_id: UUID) -> ResponseReturnValue:
    """Have an import carried out."""
    jobs.go_on(current_work(), str(job_id), skip_bad_rows="skip_bad_rows" in request.form)
    return redirect(url_for("importing.show", job_id=job_id), 303)


@blueprint.post("/<uuid:job_id>/drop")
@guarded(STEWARD)
def drop(job_id: UUID) -> ResponseReturnValue:
    """End an import that nobody is busy with."""
    jobs.give_up(current_work(), store(), str(job_id))
    flash(gettext("The file was thrown away. Nothing was imported."))
    return redirect(url_for("importing.index"), 303)


@blueprint.post("/<uuid:job_id>/stop")
@guarded(STEWARD, writes=False)
def stop(job_id: UUID) -> ResponseReturnValue:
    """Ask the worker to end; it may be writing, so that nothing is written here."""
    store().stop(_job(job_id).id)
    flash(gettext("The import is being stopped."))
    return redirect(url_for("importing.show", job_id=job_id), 303)


@blueprint.get("/<uuid:job_id>/problems.csv")
@guarded(STEWARD)
def problems(job_id: UUID) -> ResponseReturnValue:
    """Download every problem; no cell of it is a formula to a spreadsheet."""
    job, lines = _job(job_id), StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["file", "row", "field", "code", "text"])
    for one in (job.report or {}).get("problems", ()):
        writer.writerow([harmless(str(one[name])) for name in ("file", "row", "field", "code", "text")])
    answer = Response(lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=problems.csv"
    return answer


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def store() -> Store:
    """Return where uploads are kept."""
    return Store(current_hub().settings.instance / "imports")


def _page(job: ImportJob) -> ResponseReturnValue:
    work = current_work()
    if job.state == jobs.MAPPING:
        head = jobs.head_of(work, store(), job)
        return mapping_page(job, _market(job), MappingForm(), head, head.mapping)
    report, page = job.report or {}, request.args.get("page", 1, int)
    page = min(max(page, 1), MOST_PAGES)
    differences = report.get("differences", [])
    texts = {one["code"]: one["text"] for one in reversed(report.get("problems", []))}
    return render_template(
        "steward/import_job.html",
        job=job,
        market=_market(job),
        report=report,
        running=job.state in jobs.AT_WORK,
        progress=store().progress(job.id),
        stopping=store().stopped(job.id),
        shown=differences[(page - 1) * PAGE : page * PAGE],
        more=len(differences) > page * PAGE,
        page=page,
        texts=texts,
        fatal=report.get("bad_rows", 0),
        who=names_of(work.session, {job.requested_by or ""}).get(job.requested_by or "", ""),
    )


def _index(form: UploadForm) -> str:
    work = current_work()
    done = imports.jobs_of(work.session, work.actor)
    return render_template(
        "steward/import.html",
        form=form,
        jobs=done,
        open_states=jobs.OPEN,
        markets={market.id: market for market in list_markets(work.session)},
        names=names_of(work.session, {job.requested_by for job in done if job.requested_by}),
        largest=LARGEST_UPLOAD // 1024 // 1024,
        conflicts=imports.open_conflicts(work.session, work.actor, 1)[1],
    )


def _upload_form() -> UploadForm:
    work, form = current_work(), UploadForm()
    markets = [market for market in list_markets(work.session) if market.id in work.actor.market_ids]
    form.market.choices = [(market.id, market.name) for market in markets]
    return form


def _job(job_id: UUID) -> ImportJob:
    work = current_work()
    return imports.get_job(work.session, work.actor, str(job_id))


def _market(job: ImportJob) -> Market:
    return current_work().session.get_one(Market, job.market_id)
