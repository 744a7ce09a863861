"""What a screening found: help for danger first, then each domain with codes a clinician may consider; and as FHIR."""

import json
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from resource_hub.core.errors import Refused
from resource_hub.exchange.fhir.assessment import Chain, to_bundle
from resource_hub.exchange.fhir.responses import to_response
from resource_hub.inventory.models import Market, Organization
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.people.models import ConsentRecord
from resource_hub.people.rules.consent import refusal_at
from resource_hub.people.values import Person
from resource_hub.screening import instruments, queries, service
from resource_hub.screening.rules.sensitive import labels_covered, labels_of_result
from resource_hub.screening.values import SENSITIVITY_OF, text_in
from resource_hub.web.desk.answered import answered
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.safety import help_now
from resource_hub.web.shared.templates import day

blueprint = Blueprint("screened", __name__, url_prefix="/desk/people/<uuid:person_id>/screenings/<uuid:screening_id>")

FHIR_JSON = "application/fhir+json"


class DownloadForm(Form):
    consent_id = SelectField(_("What is sensitive"))
    part = SelectField(
        _("What to download"),
        choices=lambda: [
            ("bundle", gettext("Answers, findings and concerns (Bundle)")),
            ("response", gettext("Answers alone (QuestionnaireResponse)")),
        ],
    )


@blueprint.get("")
@guarded(REFERRER)
def show(person_id: UUID, screening_id: UUID) -> ResponseReturnValue:
    """Show what was found."""
    return _page(people.get_person(current_work(), str(person_id)), str(screening_id), _form(str(person_id)))


@blueprint.post("/fhir")
@guarded(REFERRER, repeats=False)
def download(person_id: UUID, screening_id: UUID) -> ResponseReturnValue:
    """Give the screening as FHIR; what is sensitive only as far as a consent that holds now names it."""
    work, form = current_work(), _form(str(person_id))
    person = people.get_person(work, str(person_id))
    if not form.validate():
        return _page(person, str(screening_id), form), 422
    screening, instrument, answers = queries.get_screening(work, person.id, str(screening_id))
    fields = frozenset[str]()
    if form.consent_id.data:
        try:
            fields = frozenset(consent.get_valid(work.session, str(form.consent_id.data), work.now).fields)
        except Refused as refusal:
            form.blame(refusal)
            return _page(person, str(screening_id), form), 422
    covered, patient = labels_covered(fields), f"Patient/{person.id}"
    if form.part.data == "response":
        document = to_response(instrument, screening, answers, patient, covered)
    else:
        document = to_bundle(Chain(instrument, screening, answers, patient, covered, instruments.diagnoses()))
    service.write_down_export(work, person.id, screening.id, covered)
    headers = {"Content-Disposition": f'attachment; filename="screening-{screening.id}.json"'}
    return Response(json.dumps(document, ensure_ascii=False, indent=2), mimetype=FHIR_JSON, headers=headers)


def _page(person: Person, screening_id: str, form: DownloadForm) -> str:
    work = current_work()
    screening, instrument, answers = queries.get_screening(work, person.id, screening_id)
    market = work.session.get_one(Market, person.market_id)
    return render_template(
        "desk/screened.html",
        person=person,
        market=market,
        form=form,
        screening=screening,
        title=text_in(instrument.title, current_language()),
        unprinted=[one.domain for one in screening.results if labels_of_result(instrument, one)],
        answered=answered(instrument, answers.given),
        diagnoses=instruments.diagnoses(),
        helplines=help_now(instrument, answers, screening.dangers, market),
        is_newest=screening == queries.latest_screening(work, person.id),
        changes=queries.changes_since_last(work, person.id),
        history=queries.history_of(work, person.id),
        met=queries.met_needs(work, person.id),
        sensitive=SENSITIVITY_OF,
    )


def _form(person_id: str) -> DownloadForm:
    form = DownloadForm(**({} if request.method == "POST" else {"formdata": None}))
    form.consent_id.choices = [("", gettext("Leave it out")), *map(_choice, _consents(person_id))]
    return form


def _consents(person_id: str) -> list[ConsentRecord]:
    """Return the consents that hold now and name something sensitive."""
    work = current_work()
    return [
        one
        for one in consent.consents_of(work, person_id)
        if labels_covered(frozenset(one.fields))
        and not refusal_at(work.now, expires_at=one.expires_at, revoked_at=one.revoked_at)
    ]


def _choice(record: ConsentRecord) -> tuple[str, str]:
    organization = current_work().session.get_one(Organization, record.organization_id)
    words = gettext("As agreed for %(name)s on %(day)s", name=organization.name, day=day(record.given_at.date()))
    return record.id, words
