"""What the tests of the second way start from: a partner who sends, the care team of the market, and noise."""

from dataclasses import dataclass, replace

from resource_hub.accounts.models import CareTeam
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.service.sending import PersonToSend
from resource_hub.handoff.values.asked import Request
from resource_hub.people.values import Basis, ConsentTerms, HowGiven, NewRoute, RouteKind
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_user
from tests.handoff.stories import Story, a_story

NAME = "Teodora Varga"
PHONE = "414-555-0188"
TERMS = ConsentTerms(frozenset({"name", "needs", "contact_routes"}), Basis.AUTHORIZATION, HowGiven.VERBAL, days=90)
TO_SEND = PersonToSend(
    NAME, (NewRoute(RouteKind.PHONE, PHONE, safe_to_leave_message=True),), ("food-insecurity",), HowGiven.VERBAL
)


@dataclass(frozen=True)
class TwoWays:
    """A story in which the market has a care team, and its partner has recorded somebody."""

    story: Story
    sender: Actor
    coordinator: Actor
    team: Listing
    pantry: Listing
    receiver: Actor
    person_id: str

    def asks(self, to: Listing, **changes: object) -> Request:
        """Return the sender's request to a service, with changes."""
        values: dict[str, object] = {
            "person_id": self.person_id,
            "service_at_location_id": to.service_at_location.id,
            "needs": ("food-insecurity",),
            "consent": TERMS,
        }
        return Request(**(values | changes))  # type: ignore[arg-type]  # a test names fields of the request

    def sends(self, work: Work, to: Listing, **changes: object) -> str:
        """The partner sends the person to a service; return the handoff."""
        return service.refer(as_actor(work, self.sender), self.asks(to, **changes)).referral_id


def two_ways(work: Work, slug: str = "here") -> TwoWays:
    """A market with a care team, a partner who sends, another who receives, and the same next door."""
    story = a_story(work, slug)
    team = a_listing(work, story.market, name="Care coordination", needs=())
    pantry = a_listing(work, story.market, name="Second pantry")
    work.session.add(CareTeam(market_id=story.market.id, organization_id=team.organization.id))
    work.session.flush()
    coordinator = replace(story.coordinator, care_team_ids=frozenset({team.organization.id}))
    receiver = a_user(work, Role.PARTNER, story.market, organization=pantry.organization)
    person_id = service.record_person(as_actor(work, story.partner), TO_SEND)
    return TwoWays(story, story.partner, coordinator, team, pantry, receiver, person_id)
