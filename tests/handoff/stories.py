"""What the tests of the handoff start from: a coordinator, a partner, a person who wants food, a pantry; and noise."""

from dataclasses import dataclass

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.core.ids import new_id
from resource_hub.handoff import service
from resource_hub.handoff.values.asked import Request
from resource_hub.inventory.models import Market
from resource_hub.people import service as people
from resource_hub.people.values import Basis, ConsentTerms, HowGiven, NewPerson, NewRoute, RouteKind
from resource_hub.screening.models import NeedRecord
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user

NAME = "Maria Quintero"
TERMS = ConsentTerms(frozenset({"name", "needs", "note", "contact_routes"}), Basis.TREATMENT, HowGiven.VERBAL, days=90)


@dataclass(frozen=True)
class Story:
    """Who and what there is; `elsewhere` are the same things in the neighbour market."""

    market: Market
    coordinator: Actor
    partner: Actor
    pantry: Listing
    person_id: str

    def asks(self, **changes: object) -> Request:
        """Return the request of this story, with changes."""
        values: dict[str, object] = {
            "person_id": self.person_id,
            "service_at_location_id": self.pantry.service_at_location.id,
            "needs": ("food-insecurity",),
            "consent": TERMS,
            "note": "Uses a walker",
        }
        return Request(**(values | changes))  # type: ignore[arg-type]  # a test names fields of the request


def a_person(work: Work, coordinator: Actor, *, name: str = NAME, wants: tuple[str, ...] = ("food-insecurity",)) -> str:
    """A person of a market who wants help with some needs, and not with rides."""
    (market_id,) = coordinator.market_ids
    route = NewRoute(RouteKind.PHONE, "410-555-0142", safe_to_leave_message=True)
    person = people.add_person(as_actor(work, coordinator), market_id, NewPerson(name, routes=(route,)))
    wishes = dict.fromkeys(wants, "yes") | {"transportation-insecurity": "no"}
    work.session.add_all(
        NeedRecord(id=new_id(), person_id=person.id, code=code, wants_help=wish, changed_at=work.now)
        for code, wish in wishes.items()
    )
    work.session.flush()
    return person.id


def a_story(work: Work, slug: str = "here", *, places: int | None = 10) -> Story:
    """A market with a coordinator, a pantry with places and its partner, and a person; and the same next door."""
    market = a_market(work, slug)
    pantry = a_listing(work, market)
    a_listing(work, market, name="Other pantry")
    coordinator = a_user(work, Role.COORDINATOR, market)
    partner = a_user(work, Role.PARTNER, market, organization=pantry.organization)
    if places is not None:
        says_places(work, pantry, places)
    return Story(market, coordinator, partner, pantry, a_person(work, coordinator))


def says_places(work: Work, listing: Listing, places: int) -> None:
    """The organization has so many free places, of so many."""
    status = CapacityStatus.CAPACITY if places else CapacityStatus.NO_CAPACITY
    capacity.state_capacity(work, listing.service_at_location.id, Statement(status, places, maximum=max(places, 10)))


def a_handoff(work: Work, story: Story, **changes: object) -> str:
    """A handoff that the story's coordinator asked for."""
    return service.refer(as_actor(work, story.coordinator), story.asks(**changes)).referral_id
