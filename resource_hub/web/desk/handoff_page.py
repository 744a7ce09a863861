"""The page of a handoff, as the referrer sees it; also the answer to a form on it that was refused."""

from collections.abc import Callable
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from resource_hub.handoff import queries
from resource_hub.handoff.episodes.queries import gaps_served
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.queries.reasons import must_be_called
from resource_hub.handoff.service.links import open_links
from resource_hub.handoff.service.next_best import proposal_of
from resource_hub.inventory.queries.cards import cards
from resource_hub.people import queries as people
from resource_hub.web.desk.episode_forms import gap_name
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.handoff_forms import forms_of_page, saved_or_shown
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.words import options


def page(referral_id: UUID, refused: Form | None = None) -> str:
    """Return the page; of a refused form it keeps what was typed."""
    work = current_work()
    view = queries.get_handoff(work, str(referral_id))
    return render_template(
        "desk/handoff.html",
        view=view,
        person=people.get_person(work, str(view.person_id)),
        forms=forms_of_page(refused),
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
        open_links=open_links(work, view.referral_id),
        proposal=proposal_of(work, view.referral_id),
        must_call=view.status == "requested" and must_be_called(work, view.referral_id),
        ways=options("how_given"),
        gaps=gaps_served(work, str(view.person_id), view.referral_id),
        gap_name=gap_name,
    )


def take(referral_id: UUID, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    """Save a form of the page, or show the page with what has to be mended."""
    back_to = url_for("handoffs.show", referral_id=referral_id)
    return saved_or_shown(form, act, lambda refused: page(referral_id, refused), back_to)
