"""The person's copy of a handoff, in their language: where, when, what to bring, and the code to follow it."""

from uuid import UUID

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from resource_hub.core.language import LANGUAGES
from resource_hub.handoff import queries, service
from resource_hub.inventory.queries.cards import cards
from resource_hub.inventory.queries.weekly import weekly_hours
from resource_hub.people import queries as people
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language

blueprint = Blueprint("copy", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>/copy")


@blueprint.get("")
@guarded(REFERRER)
def show(referral_id: UUID) -> ResponseReturnValue:
    """Show the copy, ready to print."""
    work = current_work()
    view = queries.get_handoff(work, str(referral_id))
    person = people.get_person(work, str(view.person_id))
    spoken = person.language.partition("-")[0]
    # The page is for the person, whatever the one who prints it reads; of an unknown language that one knows more.
    language = spoken if spoken in LANGUAGES else current_language()
    g.language = language
    with force_locale(language):
        return render_template(
            "desk/copy.html",
            view=view,
            card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
            hours=weekly_hours(work.session, view.service_at_location_id),
            code=service.code_for_paper(work, view.referral_id),
            follow=url_for("follow.ask", _external=True),
        )
