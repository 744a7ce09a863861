"""Somebody asks a service by themself to contact them: no account, no referrer, the same handoff."""

from dataclasses import replace

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import NoRoom, NotOffered, TooMany, TooManyTries
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.own import asked_today, why_not_asked
from resource_hub.handoff.rules.own import MOST_A_DAY, OwnAsked, OwnRequest
from resource_hub.handoff.service.codes import code_for_paper
from resource_hub.handoff.service.referring import refer
from resource_hub.handoff.service.tries import count_try, tried_too_often
from resource_hub.handoff.values.asked import Request
from resource_hub.handoff.values.words import ActorKind
from resource_hub.inventory.models import ServiceAtLocation
from resource_hub.people import service as people
from resource_hub.people.values import Basis, ConsentTerms, HowGiven
from resource_hub.screening.service.needs import choose_needs
from resource_hub.screening.values import WantsHelp

SHARED = frozenset({"name", "contact_routes", "language", "needs"})
DAYS = 90
UNSAID = "sdoh-category-unspecified"
_SOURCE = "own-request-source"


def ask_for_oneself(work: Work, request: OwnRequest, source: str) -> OwnAsked:
    """Write a new person with their consent, and ask the service to contact them. Nothing is written when it refuses.

    `source` is where the request comes from, kept only as a keyed index. Refuses with NotFound for a service that is
    not there, with not_offered where people may not ask by themselves, with too_many_tries or too_many, with BadPerson
    for what was filled in, and with no_capacity.
    """
    # Whoever is signed in at this browser is not who asks, and must not stand in the history as if.
    alone = replace(work, actor=SYSTEM)
    if tried_too_often(alone, source, _SOURCE):
        raise TooManyTries(_("Too many requests came from here. Wait 15 minutes. Then try again."))
    with alone.session.begin_nested():
        market_id = _market_of(alone, request.service_at_location_id)
        person = people.add_person(alone, market_id, request.person)
        need = request.need or UNSAID
        choose_needs(alone, person.id, {need: WantsHelp.YES})
        terms = ConsentTerms(SHARED, Basis.SELF_REFERRAL, HowGiven.ELECTRONIC, DAYS)
        wanted = Request(person.id, request.service_at_location_id, (need,), terms, asked_as=ActorKind.PERSON)
        try:
            referral_id = refer(alone, wanted).referral_id
        except NoRoom as full:
            # Sending it all the same is for who can follow it up.
            raise NoRoom(_("This place has no room now. Call them, or choose another place.")) from full
        count_try(alone, source, _SOURCE)
    due_at = alone.session.get_one(Referral, referral_id).due_at
    return OwnAsked(code_for_paper(alone, referral_id), due_at)


def _market_of(work: Work, service_at_location_id: str) -> str:
    there = work.session.get(ServiceAtLocation, service_at_location_id)
    if there is None or there.merged_into:
        raise NotFound(_("There is no such service here."))
    if why_not_asked(work.session, [there.id])[there.id] is not None:
        raise NotOffered(_("This place cannot be asked this way. Call them."))
    if asked_today(work, there.id) >= MOST_A_DAY:
        raise TooMany(_("Many people asked this place today. Call them, or try again tomorrow."))
    return there.market_id
