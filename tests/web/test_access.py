"""Who reaches which page: strangers sign in, other roles stay out, and what is out of scope is not there."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import Actor, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service as handoffs
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.queries import get_episode
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.people import service as people
from resource_hub.people.values import NewRoute, RouteKind
from resource_hub.screening import service as screening
from resource_hub.screening.instruments import SHORT_SCREENER
from resource_hub.web.shared.guards import PARTNER, REFERRER, Policy, policy_of
from tests.conftest import as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import Story, a_handoff, a_person, says_places
from tests.handoff.two_ways import TO_SEND
from tests.web.conftest import page, post, send

SignedIn = Callable[[Actor], FlaskClient]
HOME = {REFERRER: "/desk", PARTNER: "/partner"}


def rules(app: Flask, policy: Policy) -> list[tuple[str, Rule]]:
    """Return method and rule of every route with a policy."""
    found = [rule for rule in app.url_map.iter_rules() if policy_of(app.view_functions[rule.endpoint]) is policy]
    return [(method, rule) for rule in found for method in ("GET", "POST") if method in (rule.methods or ())]


def ids_of(work: Work, story: Story, referral_id: str) -> Mapping[str, str]:
    """Return what fills the places of addresses."""
    route = NewRoute(RouteKind.PHONE, "410-555-0143")
    mine = as_actor(work, story.coordinator)
    episode_id = episodes.open_episode(mine, story.person_id, NewEpisode(work.now.date()))
    return {
        "episode_id": episode_id,
        "gap_id": get_episode(mine, episode_id).gaps[0].id,
        "act": "contact",
        "number": "1",
        "draft_id": screening.start(mine, story.person_id, SHORT_SCREENER).id,
        "screening_id": screening.record_screening(mine, story.person_id, SHORT_SCREENER, [], {}).id,
        "person_id": story.person_id,
        "referral_id": referral_id,
        "service_at_location_id": story.pantry.service_at_location.id,
        "route_id": people.add_route(mine, story.person_id, route),
    }


def _sent_ids(work: Work, story: Story) -> Mapping[str, str]:
    """Return what a partner finds: a person whom they recorded."""
    return {"person_id": handoffs.record_person(as_actor(work, story.partner), TO_SEND)}


def address(rule: Rule, ids: Mapping[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found[1]], rule.rule)


def ask(client: FlaskClient, method: str, path: str, **fields: str) -> int:
    return client.get(path).status_code if method == "GET" else post(client, path, **fields).status_code


@pytest.fixture
def ids(work: Work, story: Story) -> Mapping[str, str]:
    return ids_of(work, story, a_handoff(work, story))


@pytest.mark.parametrize("policy", HOME)
def test_a_stranger_is_led_to_the_sign_in(app: Flask, ids: Mapping[str, str], policy: Policy) -> None:
    found = rules(app, policy)
    assert len(found) > 5
    for method, rule in found:
        path = address(rule, ids)
        if method == "GET":
            answer = app.test_client().get(path)
            assert (answer.status_code, answer.location) == (303, "/sign-in"), path
        else:
            answer = post(app.test_client(), path)
            assert answer.status_code == 403, path
            assert "Sign in first" in page(answer).text


def _answers(rule: Rule) -> set[int]:
    """Return how a page may answer who may reach it, when all ids are good and nothing is filled in."""
    # What a partner sent to the care team is received by the desk, and what the desk sent is not.
    if "/desk/received/<" in rule.rule or rule.rule.startswith("/partner/sent/"):
        return {404}
    if rule.rule.endswith(".ics"):
        return {404}  # There is no appointment.
    # What finishes or forgets a screening under way takes it from the addresses that come after.
    # 409: there is nothing to take back, or to undo.
    return {200, 303, 409, 422} | ({404} if "draft_id" in rule.arguments else set())


@pytest.mark.parametrize("policy", HOME)
@pytest.mark.parametrize("role", Role)
def test_only_the_roles_of_a_page_reach_it(
    app: Flask, signed_in: SignedIn, work: Work, story: Story, ids: Mapping[str, str], policy: Policy, role: Role
) -> None:
    organization = story.pantry.organization if role is Role.PARTNER else None
    client = signed_in(a_user(work, role, story.market, organization=organization))
    if role is Role.PARTNER:
        ids = {**ids, **_sent_ids(work, story)}
    for method, rule in rules(app, policy):
        status = ask(client, method, address(rule, ids), service_at_location_id=ids["service_at_location_id"])
        if role in policy.roles:
            assert status in _answers(rule), (rule, status)
        else:
            assert status == 403, (rule, status)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_belongs_to_another_market_is_not_there(
    app: Flask, desk: FlaskClient, work: Work, elsewhere: Story, method: str
) -> None:
    ids = ids_of(work, elsewhere, a_handoff(work, elsewhere))
    scoped = [rule for wanted, rule in rules(app, REFERRER) if wanted == method and rule.arguments]
    assert len(scoped) >= 7
    assert {rule.rule: ask(desk, method, address(rule, ids)) for rule in scoped} == {rule.rule: 404 for rule in scoped}


def test_a_person_from_here_is_not_found_by_a_route_of_somebody_else(
    desk: FlaskClient, work: Work, story: Story, ids: Mapping[str, str]
) -> None:
    other = a_person(work, story.coordinator, name="Somebody Else")

    assert post(desk, f"/desk/people/{other}/routes/{ids['route_id']}/remove").status_code == 404
    assert post(desk, f"/desk/people/{story.person_id}/routes/{ids['route_id']}/remove").status_code == 303


def test_what_another_organization_was_asked_for_is_not_there(
    app: Flask, partner: FlaskClient, work: Work, story: Story, elsewhere: Story
) -> None:
    """Neither in the same market nor in another one."""
    neighbour = a_listing(work, story.market, name="Soup kitchen")
    says_places(work, neighbour, 5)
    nearby = Story(story.market, story.coordinator, story.partner, neighbour, story.person_id)
    for other in (nearby, elsewhere):
        ids = ids_of(work, other, a_handoff(work, other))
        for method, rule in rules(app, PARTNER):
            if rule.arguments:
                assert ask(partner, method, address(rule, ids)) == 404, rule


@pytest.mark.parametrize("bad", ["0", "' OR 1=1", "%00", "..%2f..", "ZZZZZZZZ-0000-0000-0000-000000000000"])
def test_an_address_that_holds_no_id_is_not_there(app: Flask, desk: FlaskClient, bad: str) -> None:
    for _method, rule in rules(app, REFERRER):
        if rule.arguments:
            path = address(rule, dict.fromkeys(rule.arguments, bad))
            assert desk.get(path).status_code in {404, 405}, path
    assert desk.get(f"/static/{bad}").status_code == 404


def test_a_user_who_was_signed_out_elsewhere_is_a_stranger(
    app: Flask, desk: FlaskClient, signed_in: SignedIn, story: Story
) -> None:
    assert post(signed_in(story.coordinator), "/sign-out").status_code == 303

    assert desk.get("/desk/").location == "/sign-in"


class TestEveryPage:
    """What holds for each page that is shown, in both languages."""

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_has_a_language_a_title_and_one_heading(
        self, app: Flask, signed_in: SignedIn, work: Work, story: Story, ids: Mapping[str, str], language: str
    ) -> None:
        clients = {role: signed_in(self.user(work, story, role)) for role in Role}
        shown = 0
        for rule in app.url_map.iter_rules():
            policy = policy_of(app.view_functions[rule.endpoint])
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or policy is None:
                continue
            if not rule.arguments <= ids.keys():
                continue
            client = clients[next(iter(policy.roles), Role.COORDINATOR)]
            answer = client.get(address(rule, ids), headers={"Accept-Language": language})
            if answer.mimetype != "text/html" or answer.status_code != 200:
                continue
            shown += 1
            self.check(rule, page(answer).html, language)
        assert shown >= 15

    @pytest.mark.parametrize("path", ["/nothing-here", "/find"])
    def test_also_when_it_says_what_went_wrong(self, client: FlaskClient, path: str) -> None:
        self.check(path, page(client.get(path)).html, "en")

    def user(self, work: Work, story: Story, role: Role) -> Actor:
        organization = story.pantry.organization if role is Role.PARTNER else None
        return a_user(work, role, story.market, organization=organization)

    def check(self, where: object, html: str, language: str) -> None:
        assert html.count(f'<html lang="{language}">') == 1, where
        assert re.search(r"<title>\s*\S.*Resource Hub</title>", html), where
        assert len(re.findall(r"<h1\b", html)) == 1, where
        assert html.count('<main id="main"') == 1, where
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", html[html.index("<h1") :])]
        assert all(after <= before + 1 for before, after in pairwise(levels)), where


def test_after_the_sign_in_the_page_that_was_asked_for_is_shown(client: FlaskClient, work: Work) -> None:
    accounts.add_user(work, NewUser("cora@example.org", "Cora", Role.COORDINATOR, "correct horse battery"))
    assert client.get("/desk/people/").location == "/sign-in"

    answer = send(client, "/sign-in", email="cora@example.org", password="correct horse battery")

    assert answer.location == "/desk/people/"
