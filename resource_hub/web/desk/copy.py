"""The person's copy of a handoff, in their language: where, when, what to bring, and the code to follow it."""

from uuid import UUID

import numpy as np
from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from resource_hub.core.geography import direction, find_postal_code, great_circle_km
from resource_hub.core.language import LANGUAGES
from resource_hub.handoff import queries, service
from resource_hub.inventory.queries.cards import cards
from resource_hub.inventory.queries.getting_there import GettingThere, getting_there
from resource_hub.inventory.queries.weekly import weekly_hours
from resource_hub.people import queries as people
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language

blueprint = Blueprint("copy", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>/copy")

_KM_A_MILE = 1.609344
# Nearer than that the middle of a ZIP Code says nothing of the way.
_NEAR_MILES = 0.5


def way_from(postal_code: str, there: GettingThere) -> tuple[float, str] | None:
    """Return miles and direction from the middle of a ZIP Code; None where an end is unknown or the way is short."""
    home = find_postal_code(postal_code) if postal_code else None
    if home is None or there.point is None:
        return None
    km = great_circle_km(home.point, np.array([there.point.latitude]), np.array([there.point.longitude]))
    miles = float(km[0]) / _KM_A_MILE
    return (round(miles, 1), direction(home.point, there.point)) if miles >= _NEAR_MILES else None


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
    there = getting_there(work.session, view.service_at_location_id)
    g.language = language
    with force_locale(language):
        return render_template(
            "desk/copy.html",
            view=view,
            card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
            person=person,
            there=there,
            way=way_from(person.postal_code, there),
            hours=weekly_hours(work.session, view.service_at_location_id),
            code=service.code_for_paper(work, view.referral_id),
            follow=url_for("follow.ask", _external=True),
        )
