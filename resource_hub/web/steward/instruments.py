"""Instruments that were brought: their versions, how they are asked, and bringing one under its owner's terms."""

import json
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from resource_hub.core.errors import Invalid
from resource_hub.exchange.fhir.questionnaire import read_questionnaire
from resource_hub.screening import instruments, queries, service
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Instrument, text_in
from resource_hub.web.shared.asking import questions_of
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import DIRECTORY, STEWARD, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language

blueprint = Blueprint("instruments", __name__, url_prefix="/steward/instruments")


class TermsForm(Form):
    document = HiddenField(validators=[InputRequired()])
    accepted = BooleanField(_("I read the owner's terms, and we may use this instrument under them"), [InputRequired()])


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the versions of all instruments that were brought."""
    return _list_page(Form())


@blueprint.post("/check")
@guarded(STEWARD, writes=False)
def check() -> ResponseReturnValue:
    """Read a file, and show how it will be asked and what its owner says; nothing is stored."""
    form, sent = Form(), request.files.get("file")
    content = sent.read(instruments.LARGEST_FILE + 1) if sent else b""
    try:
        document = instruments.parse(content, gettext("The file"))
        brought = service.prepare(read_questionnaire(document))
    except Invalid as refusal:
        form.blame(refusal)
        return _list_page(form), 422
    terms = TermsForm(formdata=None)
    terms.document.data = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return _terms_page(terms, read_instrument(brought))


@blueprint.post("")
@guarded(STEWARD)
def bring() -> ResponseReturnValue:
    """Store an instrument whose terms were accepted."""
    terms = TermsForm()
    try:
        document = service.prepare(read_questionnaire(instruments.parse((terms.document.data or "").encode(), "file")))
    except Invalid as refusal:
        form = Form()
        form.blame(refusal)
        return _list_page(form), 422
    if not terms.saves(lambda: service.import_instrument(current_work(), document, accepted=True)):
        return _terms_page(terms, read_instrument(document)), 422
    flash(gettext("Saved."))
    return redirect(url_for("instruments.index"), 303)


@blueprint.get("/<uuid:instrument_id>")
@guarded(DIRECTORY)
def show(instrument_id: UUID) -> ResponseReturnValue:
    """Show one version as it is asked."""
    found = queries.get_version(current_work().session, str(instrument_id))
    language = current_language()
    return render_template(
        "steward/instrument.html",
        version=found,
        instrument=found.instrument,
        title=text_in(found.instrument.title, language),
        questions=questions_of(found.instrument, language),
    )


def _list_page(form: Form) -> str:
    language = current_language()
    found = [(one, text_in(one.instrument.title, language)) for one in queries.versions(current_work().session)]
    return render_template("steward/instruments.html", form=form, versions=found)


def _terms_page(terms: TermsForm, instrument: Instrument) -> str:
    language = current_language()
    return render_template(
        "steward/instrument_terms.html",
        form=terms,
        notice=service.notice_of(instrument),
        instrument=instrument,
        title=text_in(instrument.title, language),
        questions=questions_of(instrument, language),
    )
