"""What rows of an index are worth by their room and their hours, by the same rules as everywhere."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from resource_hub.matching.index.days import Day
from resource_hub.matching.index.table import Index
from resource_hub.matching.rules.capacity import accept
from resource_hub.matching.rules.formula import charged
from resource_hub.matching.rules.room_words import unpacked
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values.columns import Bools, Floats, Ints, Rooms, Words
from resource_hub.matching.values.outcomes import Record


class RoomSource(Protocol):
    """Whoever knows what room there is now, by the rows of an index."""

    def take(self, rows: Ints) -> Rooms:
        """Return the room of the chosen rows."""
        ...


class WordSource(Protocol):
    """The same as words."""

    def words(self, rows: Ints) -> Words:
        """Return the words of the chosen rows."""
        ...


@dataclass(frozen=True)
class Known:
    """What is known of every row by itself beside the index.

    `prior` is the chance of a yes before room counts, the policy's where None; `requests` are those open, `price` is
    what using a place costs others, zero where None. `record` is what came of earlier requests; None where nothing is
    known or counts.
    """

    prior: Floats | None = None
    requests: Floats | None = None
    price: Floats | None = None
    record: Record | None = None


NOTHING = Known()


@dataclass(frozen=True)
class Scorer:
    """Rates rows `at` a minute of a day, in minutes since the epoch, for help that is needed `days_ahead`."""

    index: Index
    day: Day
    at: float
    days_ahead: float
    known: Known = NOTHING

    @property
    def is_usual(self) -> bool:
        """Whether a rating holds for everybody who asks within the minute."""
        known = self.known
        return self.days_ahead <= 0 and known.prior is None and known.requests is None and known.record is None

    def rate(self, rows: Ints, words: Words) -> Floats:
        """Return accept × timeliness × met needs of rows with the room that words tell, conditions met."""
        policy, known = self.day.policy, self.known
        rooms, opens = unpacked(words), self.day.frame.at(self.at, self.index.columns.of.hours[rows])
        prior = np.full(len(rows), policy.accept.prior) if known.prior is None else known.prior[rows]
        requests = None if known.requests is None else known.requests[rows]
        helps = 1.0 if known.record is None else known.record.helps[rows]
        waits = 0.0 if known.record is None else known.record.answer_days[rows]
        return (
            helps
            * accept(rooms, np.ones(len(rows)), self.at, policy.accept, prior, requests)
            * timeliness(
                opens,
                np.fmax(rooms.waiting_days, waits),
                self.at,
                self.day.believed[rows],
                policy.timeliness,
                self.days_ahead,
            )
        )

    def differs(self, rows: Ints, changed: Bools) -> Bools:
        """Return the rows whose room changed, or of which more is known than their index and their room tell."""
        known = self.known
        if self.days_ahead > 0:
            return np.ones(len(rows), dtype=np.bool_)
        if known.prior is not None:
            changed = changed | (known.prior[rows] != self.day.policy.accept.prior)
        if known.record is not None:
            changed = changed | (known.record.helps[rows] < 1) | (known.record.answer_days[rows] > 0)
        if known.requests is not None:
            changed = changed | (known.requests[rows] > 0)
        return changed

    def charge(self, rows: Ints, scores: Floats) -> Floats:
        """Return scores less the price of the places."""
        price = self.known.price
        return scores if price is None else scores - charged(scores, price[rows], self.day.policy.price.most)
