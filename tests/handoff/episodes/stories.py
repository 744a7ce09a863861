"""What the tests of episodes start from: a social worker, a person in the hospital, a market's clock; and noise."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.workdays import business_days_of
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.values.asked import NewContact, NewEpisode
from resource_hub.handoff.episodes.values.course import Clockwork
from resource_hub.handoff.episodes.values.shown import EpisodeView
from resource_hub.handoff.episodes.values.words import ContactKind, ContactResult, Destination, Mode
from resource_hub.inventory.models import Market
from tests.conftest import as_actor
from tests.factories import a_market, a_user
from tests.handoff.stories import a_person

NEW_YORK = Clockwork("America/New_York", business_days_of("MD"))


def at(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in New York, in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(NEW_YORK.zone)).astimezone(UTC)


@dataclass
class Bridge:
    """One person's episode, worked on by one social worker at a time that the test moves."""

    work: Work
    market: Market
    worker: Actor
    person_id: str
    episode_id: str = ""

    def on(self, day: date, hour: int = 10) -> Work:
        """Return the social worker's work at an hour of a day in the market."""
        return replace(as_actor(self.work, self.worker), now=at(day, hour))

    def opens(self, day: date, planned_on: date, destination: Destination = Destination.HOME) -> None:
        new = NewEpisode(planned_on, destination, "Harbor Rehab" if destination is Destination.FACILITY else "")
        self.episode_id = service.open_episode(self.on(day), self.person_id, new)

    def leaves(self, day: date, destination: Destination = Destination.HOME) -> None:
        planned_on = self.view(day).course.planned_on
        new = NewEpisode(planned_on, destination, "Harbor Rehab" if destination is Destination.FACILITY else "")
        service.note_discharge(self.on(day), self.episode_id, new, day)

    def logs(
        self,
        day: date,
        kind: ContactKind,
        result: ContactResult = ContactResult.REACHED,
        hour: int = 10,
        note: str = "",
    ) -> str:
        return service.log_contact(self.on(day, hour), self.episode_id, NewContact(kind, Mode.PHONE, result, note))

    def view(self, day: date, hour: int = 10) -> EpisodeView:
        return queries.get_episode(self.on(day, hour), self.episode_id)


def a_bridge(work: Work, slug: str = "here", *, wants: tuple[str, ...] = ("food-insecurity",)) -> Bridge:
    """A social worker and a person who will leave the hospital."""
    market = a_market(work, slug)
    worker = a_user(work, Role.SOCIAL_WORKER, market)
    return Bridge(work, market, worker, a_person(work, worker, wants=wants))


def an_episode(work: Work, slug: str = "here", *, in_days: int = 1) -> Bridge:
    """An episode that was opened now."""
    bridge = a_bridge(work, slug)
    today = work.now.date()
    bridge.opens(today, today + timedelta(days=in_days))
    return bridge
