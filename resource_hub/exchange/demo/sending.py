"""The care teams of the demo, and the people whom partners send to them."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from resource_hub.accounts.queries import as_actor, find_user
from resource_hub.accounts.work import Work
from resource_hub.core.paths import bundled
from resource_hub.exchange.demo.sheet import demo_id
from resource_hub.handoff import service as handoff
from resource_hub.handoff.service.sending import PersonToSend
from resource_hub.handoff.values.asked import Request
from resource_hub.handoff.values.words import Urgency
from resource_hub.inventory.models import Organization, ServiceAtLocation
from resource_hub.inventory.service.care_teams import set_care_team
from resource_hub.people.values import Basis, ConsentTerms, HowGiven, NewRoute, RouteKind

_SHARED = frozenset({"name", "language", "contact_routes", "needs", "note"})
_CONSENT_DAYS = 90
_TALK = timedelta(minutes=10)


def add_sent(work: Work) -> None:
    """Say who the care teams are, and add the people whom partners sent."""
    recipes = tomllib.loads((bundled("seed") / "demo" / "sent.toml").read_text(encoding="utf-8"))
    for team in recipes["care_team"]:
        market = team["market"]
        set_care_team(work, market, demo_id(market, Organization, team["organization"]))
    for sent in recipes["sent"]:
        _send(work, sent)


def _send(work: Work, sent: Mapping[str, Any]) -> None:
    user = find_user(work.session, sent["by"])
    if user is None:
        return
    then = replace(work, actor=as_actor(user), now=work.now - timedelta(days=sent["ago"]))
    needs, route = tuple(sent["needs"]), NewRoute(RouteKind.PHONE, sent["phone"], safe_to_leave_message=True)
    before = replace(then, now=then.now - _TALK)
    person = PersonToSend(sent["name"], (route,), needs, HowGiven.VERBAL, sent["zip"], sent["language"])
    request = Request(
        person_id=handoff.record_person(before, person),
        service_at_location_id=demo_id(sent["market"], ServiceAtLocation, sent["to"], "at-1"),
        needs=needs,
        consent=ConsentTerms(_SHARED, Basis.AUTHORIZATION, HowGiven.VERBAL, _CONSENT_DAYS),
        urgency=Urgency(sent["urgency"]),
        note=sent["note"],
    )
    handoff.refer(then, request)
