"""What the referrer does beside the steps of a handoff: attempts, questions, links and the sheet for fax."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired

from resource_hub.core.clock import local_date
from resource_hub.core.errors import Invalid, Refused
from resource_hub.handoff import service
from resource_hub.handoff.episodes.service import link_handoffs
from resource_hub.handoff.errors import AnswerLinkOver
from resource_hub.handoff.queries import caller_of, get_handoff
from resource_hub.handoff.service import links
from resource_hub.handoff.service.next_best import offer_next_best
from resource_hub.inventory.queries.cards import cards
from resource_hub.people.values import HowGiven
from resource_hub.screening.rules.sensitive import may_leave
from resource_hub.web.desk.handoff_page import page, take
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.handoff_forms import AttemptForm, MessageForm
from resource_hub.web.shared.hub import current_hub, current_work

blueprint = Blueprint("contacting", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>")


class NextForm(Form):
    how_given = SelectField(_("How did the person agree?"), [InputRequired()], choices=list(HowGiven))


@blueprint.post("/attempts")
@guarded(REFERRER)
def attempt(referral_id: UUID) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()
    return take(referral_id, form, lambda: form.log(referral_id))


@blueprint.post("/messages")
@guarded(REFERRER)
def message(referral_id: UUID) -> ResponseReturnValue:
    """Ask the organization, or answer."""
    form = MessageForm()
    return take(referral_id, form, lambda: form.write(referral_id))


@blueprint.post("/next-best")
@guarded(REFERRER)
def offer_next(referral_id: UUID) -> ResponseReturnValue:
    """Ask the proposed service in place of one that does not answer; the person has agreed to it."""
    work, form = current_work(), NextForm()
    if form.validate():
        try:
            referred = offer_next_best(work, str(referral_id), HowGiven(form.how_given.data))
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            person_id = get_handoff(work, referred.referral_id).person_id
            link_handoffs(work, str(person_id), [referred.referral_id], instead_of=str(referral_id))
            flash(gettext("Saved."))
            return redirect(url_for("handoffs.show", referral_id=referred.referral_id), 303)
    return page(referral_id, form), 422


@blueprint.post("/links")
@guarded(REFERRER, repeats=False)
def make_link(referral_id: UUID) -> ResponseReturnValue:
    """Make a link for an organization without an account; it is shown once, for nothing that is stored opens it."""
    work = current_work()
    view = get_handoff(work, str(referral_id))
    path = links.make_path(work, view.referral_id)
    if path is None:
        raise AnswerLinkOver(gettext("There is nothing to answer any more: the request or the consent has ended."))
    return render_template("desk/answer_link.html", view=view, link=current_hub().settings.public_url + path)


@blueprint.post("/links/revoke")
@guarded(REFERRER)
def revoke_links(referral_id: UUID) -> ResponseReturnValue:
    """Take back every link to the handoff."""
    links.revoke_links(current_work(), str(referral_id))
    flash(gettext("The links are taken back: none of them opens the request any more."))
    return redirect(url_for("handoffs.show", referral_id=referral_id), 303)


@blueprint.get("/sheet")
@guarded(REFERRER, writes=True, repeats=False)
def sheet(referral_id: UUID) -> ResponseReturnValue:
    """Show the packet to print and fax: what the consent covers, whom to call, and where to tick the answer."""
    work = current_work()
    view = service.open_handoff(work, str(referral_id))
    covered = frozenset(view.shared_fields) if view.consent_holds else frozenset()
    return render_template(
        "desk/sheet.html",
        view=view,
        needs=may_leave(view.needs, covered) if "needs" in covered else (),
        note=view.note if "note" in covered else "",
        caller=caller_of(work, view),
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        today=local_date(work.now, view.time_zone),
    )
