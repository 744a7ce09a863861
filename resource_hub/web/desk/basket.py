"""From a basket to "sent" in one act: all of its handoffs or none; and telling a person about a service without one."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from resource_hub.core.errors import Invalid, NotFound, Refused
from resource_hub.core.language import said
from resource_hub.handoff import service
from resource_hub.handoff.episodes.service import link_handoffs
from resource_hub.handoff.service.referring import MOST_TOGETHER
from resource_hub.handoff.values.asked import Request
from resource_hub.handoff.values.words import Urgency
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.matching.policy import current
from resource_hub.people import queries
from resource_hub.people.rules.least import least
from resource_hub.people.values import Basis, Person
from resource_hub.web.desk import listed
from resource_hub.web.desk.referring import ConsentForm, fill_choices, gap_named, wanted_by
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_translate

blueprint = Blueprint("basket", __name__, url_prefix="/desk/people/<uuid:person_id>")


@dataclass(frozen=True)
class Line:
    """One service of a basket with the needs that it is asked for; `seal` is its place in the list."""

    place: ServiceAtLocation
    service: Service
    organization: Organization
    needs: list[str]
    seal: str


@blueprint.post("/basket-form")
@guarded(REFERRER, writes=False)
def ask(person_id: UUID) -> ResponseReturnValue:
    """Show the page for all services of a basket."""
    person = queries.get_person(current_work(), str(person_id))
    lines = _lines(person, request.form)
    form = fill_choices(ConsentForm(formdata=None), person)
    form.gap.data = gap_named()
    form.fields.data = sorted(least(Basis.AUTHORIZATION, [need for line in lines for need in line.needs]))
    return _page(person, lines, form)


@blueprint.post("/basket")
@guarded(REFERRER)
def send(person_id: UUID) -> ResponseReturnValue:
    """Send all handoffs of a basket in one transaction."""
    person = queries.get_person(current_work(), str(person_id))
    lines, form = _lines(person, request.form), fill_choices(ConsentForm(), person)
    if form.validate():
        try:
            sent = service.refer_together(current_work(), [_request(person, form, line) for line in lines])
        except (Invalid, Refused) as refusal:
            form.form_errors.append(_about(refusal, lines))
        else:
            link_handoffs(current_work(), person.id, [one.referral_id for one in sent], form.gap.data or "")
            flash(ngettext("%(num)s handoff was sent.", "%(num)s handoffs were sent.", len(sent)))
            return redirect(url_for("person.show", person_id=person.id), 303)
    return _page(person, lines, form), 422


@blueprint.post("/informed")
@guarded(REFERRER)
def inform(person_id: UUID) -> ResponseReturnValue:
    """Write down that the person was told about a service, and that nobody was asked."""
    work = current_work()
    person = queries.get_person(work, str(person_id))
    needs = [code for code in request.form.getlist("needs") if code in wanted_by(person)]
    service.inform(work, person.id, request.form.get("service_at_location_id", "")[:36], needs)
    flash(gettext("Written down: they were told, and nobody was asked. It is not a handoff."))
    return redirect(url_for("person.show", person_id=person.id), 303)


def _about(refusal: Invalid | Refused, lines: list[Line]) -> str:
    """Return a refusal with the service that it is about; nothing was sent."""
    named = next((fault.field.removeprefix("lines.") for fault in refusal.faults), "")
    name = lines[int(named)].service.name if named.isdecimal() and int(named) < len(lines) else ""
    why = f"{said(refusal.text, current_translate())} {gettext('Nothing was sent.')}"
    return f"{name}: {why}" if name else why


def _request(person: Person, form: ConsentForm, line: Line) -> Request:
    return Request(
        person_id=person.id,
        service_at_location_id=line.place.id,
        needs=tuple(line.needs),
        consent=form.terms(),
        urgency=Urgency(form.urgency.data),
        note=form.note.data or "",
        policy=current().version,
        despite_no_capacity=bool(form.despite_no_capacity.data),
        listed=listed.opened(current_work(), person.id, line.place.id, line.seal),
    )


def _lines(person: Person, sent: MultiDict[str, str]) -> list[Line]:
    """Return the lines that were sent: each is a place, and its needs stand under the name of that place."""
    session, wanted, lines = current_work().session, wanted_by(person), []
    for place_id in dict.fromkeys(sent.getlist("line")[:MOST_TOGETHER]):
        there = session.get(ServiceAtLocation, place_id[:36])
        if there is None or there.market_id != person.market_id:
            raise NotFound(gettext("There is no such service here."))
        what = session.get_one(Service, there.service_id)
        needs = [code for code in sent.getlist(f"needs-{place_id}") if code in wanted]
        seal = sent.get(f"listed-{place_id}", "")[: listed.LONGEST]
        lines.append(Line(there, what, session.get_one(Organization, what.organization_id), needs, seal))
    return lines


def _page(person: Person, lines: list[Line], form: ConsentForm) -> str:
    return render_template("desk/basket.html", person=person, lines=lines, form=form)
