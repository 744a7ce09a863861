"""Invented people, and what was done for them: told event by event, oldest first, through the use cases of the desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from resource_hub.accounts.queries import as_actor, find_user
from resource_hub.accounts.work import Work
from resource_hub.exchange.demo.answers import answers_for
from resource_hub.exchange.demo.episodes import EpisodeStory
from resource_hub.exchange.demo.recipes import HandoffRecipe, PersonRecipe, StepRecipe, read_people
from resource_hub.exchange.demo.sheet import demo_id
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes.service import link_handoffs
from resource_hub.handoff.values.asked import Request
from resource_hub.handoff.values.words import Experience, NeedMet, Reason, Status, Urgency, YesNo
from resource_hub.inventory.models import Market, ServiceAtLocation
from resource_hub.people import service as people
from resource_hub.people.values import (
    Basis,
    ConsentTerms,
    HowGiven,
    NewPerson,
    NewRoute,
    PersonFactValue,
    RouteKind,
)
from resource_hub.screening import instruments
from resource_hub.screening import service as screening
from resource_hub.screening.values import WantsHelp

_SHARED = frozenset({"name", "language", "postal_code", "contact_routes", "needs", "note"})
_CONSENT_DAYS = 180
# A screening follows soon after a person is added.
_SCREENED_AFTER = 0.02

Told = Callable[[], object]


@dataclass(frozen=True)
class _Event:
    """Something that was done `ago` days before the demo is loaded."""

    ago: float
    tell: Told


@dataclass
class _Story:
    """One person's story; the ids are known once their records are there."""

    work: Work
    recipe: PersonRecipe
    person_id: str = ""

    def events(self) -> Iterator[_Event]:
        """Yield everything that was done, in no order."""
        recipe = self.recipe
        yield _Event(recipe.added, self._add)
        if recipe.wants:
            yield _Event(recipe.added - _SCREENED_AFTER, self._screen)
        for asked in recipe.handoffs:
            yield from _Handoff(self, asked).events()
        if recipe.episode:
            zone = self.work.session.get_one(Market, demo_id(recipe.market, Market)).time_zone
            story = EpisodeStory(self.working, lambda: self.person_id, zone, recipe.episode)
            yield from (_Event(ago, tell) for ago, tell in story.events())

    def working(self, ago: float, email: str | None = None) -> Work:
        """Return work as it was done then, by the person's own referrer unless somebody else is named."""
        user = find_user(self.work.session, email or self.recipe.by)
        if user is None:
            message = f"the demo has no account {email or self.recipe.by}"
            raise LookupError(message)
        return replace(self.work, actor=as_actor(user), now=self.work.now - timedelta(days=ago))

    def _add(self) -> None:
        recipe, work = self.recipe, self.working(self.recipe.added)
        known = work.now.date()
        new = NewPerson(
            name=recipe.name,
            record_number=recipe.record_number,
            birth=str(known.year - recipe.age),
            postal_code=recipe.zip,
            language=recipe.language,
            facts=tuple(PersonFactValue(name, value, known) for name, value in recipe.facts.items()),
            routes=tuple(
                NewRoute(
                    RouteKind(route["kind"]),
                    route["value"],
                    route.get("note", ""),
                    route["safe"],
                    best_time=route.get("best_time", ""),
                )
                for route in recipe.routes
            ),
        )
        self.person_id = people.add_person(work, demo_id(recipe.market, Market), new).id

    def _screen(self) -> None:
        recipe = self.recipe
        instrument = instruments.load(instruments.SHORT_SCREENER)
        given = answers_for(instrument, frozenset(recipe.risks), frozenset(recipe.refused))
        wishes = {code: WantsHelp(wish) for code, wish in recipe.wants.items()}
        work = self.working(recipe.added - _SCREENED_AFTER)
        screening.record_screening(work, self.person_id, instrument.name, given, wishes)


@dataclass
class _Handoff:
    """One handoff of a story."""

    story: _Story
    recipe: HandoffRecipe
    referral_id: str = ""

    def events(self) -> Iterator[_Event]:
        """Yield the request, the steps and the outcome."""
        yield _Event(self.recipe.ago, self._ask)
        for step in self.recipe.steps:
            yield _Event(step.ago, partial(self._take, step))
        if self.recipe.outcome:
            yield _Event(self.recipe.outcome["ago"], partial(self._report, **self.recipe.outcome))

    def _ask(self) -> None:
        recipe, person = self.recipe, self.story.recipe
        request = Request(
            person_id=self.story.person_id,
            service_at_location_id=demo_id(person.market, ServiceAtLocation, recipe.to, "at-1"),
            needs=tuple(recipe.needs),
            consent=ConsentTerms(_SHARED, Basis.AUTHORIZATION, HowGiven.VERBAL, _CONSENT_DAYS),
            urgency=Urgency(recipe.urgency),
            note=recipe.note,
        )
        then = self.story.working(recipe.ago)
        self.referral_id = handoff.refer(then, request).referral_id
        link_handoffs(then, request.person_id, [self.referral_id])

    def _take(self, step: StepRecipe) -> None:
        handoff.move(
            self.story.working(step.ago, step.by),
            self.referral_id,
            Status(step.to),
            Reason(step.reason) if step.reason else None,
            step.comment,
            on_behalf=step.by is None,
        )

    def _report(self, *, ago: float, by: str, contacted: str, received: str, need_met: str, experience: str) -> None:
        handoff.record_outcome(
            self.story.working(ago, by),
            self.referral_id,
            YesNo(contacted),
            YesNo(received),
            NeedMet(need_met),
            Experience(experience),
        )


def add_people(work: Work) -> None:
    """Add the invented people and everything that was done for them, in the order in which it was done."""
    stories = [_Story(work, recipe) for recipe in read_people()]
    events = [event for story in stories for event in story.events()]
    for event in sorted(events, key=lambda event: -event.ago):
        event.tell()
