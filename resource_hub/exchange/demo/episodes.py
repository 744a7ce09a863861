"""The episodes of the invented people: opened, worked on, and with something still to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.exchange.demo.recipes import EpisodeRecipe, Table
from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.values.asked import NewContact, NewEpisode
from resource_hub.handoff.episodes.values.words import (
    Concern,
    ContactKind,
    ContactResult,
    Destination,
    DoctorState,
    Mode,
)

Told = Callable[[], object]


@dataclass
class EpisodeStory:
    """One episode; `working` gives the work as it was done so many days ago, `person_id` whom it is about."""

    working: Callable[[float], Work]
    person_id: Callable[[], str]
    zone: str
    recipe: EpisodeRecipe
    episode_id: str = ""

    def events(self) -> Iterator[tuple[float, Told]]:
        """Yield what was done, each with how many days ago."""
        recipe = self.recipe
        yield recipe.opened, self._open
        if recipe.left is not None:
            yield recipe.left, self._leave
        for contact in recipe.contacts:
            yield contact["ago"], partial(self._log, contact)
        if recipe.assessed is not None:
            yield recipe.assessed, self._assess
        if recipe.doctor:
            yield recipe.doctor["ago"], partial(self._note_doctor, recipe.doctor)
        if recipe.back is not None:
            yield recipe.back, self._return

    def _plan(self) -> NewEpisode:
        leaves = self._day(0) + timedelta(days=self.recipe.leaves)
        return NewEpisode(leaves, Destination(self.recipe.destination), self.recipe.place)

    def _day(self, ago: float) -> date:
        return local_date(self.working(ago).now, self.zone)

    def _open(self) -> None:
        self.episode_id = service.open_episode(self.working(self.recipe.opened), self.person_id(), self._plan())

    def _leave(self) -> None:
        left = self.recipe.left or 0
        service.note_discharge(self.working(left), self.episode_id, self._plan(), self._day(left))

    def _return(self) -> None:
        back = self.recipe.back or 0
        service.end_stay(self.working(back), self.episode_id, self._day(back))

    def _log(self, contact: Table) -> None:
        new = NewContact(
            ContactKind(contact["kind"]),
            Mode(contact["mode"]),
            ContactResult(contact["result"]),
            contact.get("note", ""),
        )
        service.log_contact(self.working(contact["ago"]), self.episode_id, new)

    def _assess(self) -> None:
        answers = {domain: Concern(answer) for domain, answer in self.recipe.answers.items()}
        service.assess(self.working(self.recipe.assessed or 0), self.episode_id, answers)

    def _note_doctor(self, doctor: Table) -> None:
        work = self.working(doctor["ago"])
        at = self.working(-doctor["in"]).now if "in" in doctor else None
        service.note_doctor(work, self.episode_id, DoctorState(doctor["state"]), at)
