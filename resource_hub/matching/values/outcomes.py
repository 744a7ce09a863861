"""What came of earlier requests, as columns: how often the need was met, and how long an answer took."""

from dataclasses import dataclass

from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.picking import places


@dataclass(frozen=True)
class Outcomes:
    """Outcomes and times to an answer, for the needs that were asked for; older ones count less.

    `usual_met` is the market's mean share of met needs for each of the needs, `usual_days` its mean time to an answer.
    The table has a line for a row and a need: how many outcomes are known, in how many the need was met, how many
    answers there were, and the days that they took together.
    """

    usual_met: Floats
    usual_days: Floats
    row: Ints
    need: Ints
    known: Floats
    met: Floats
    answers: Floats
    days: Floats

    def take(self, rows: Ints) -> "Outcomes":
        """Return the chosen rows alone (each once), numbered as they are chosen."""
        place, lines = places(rows, self.row)
        sums = (self.known[lines], self.met[lines], self.answers[lines], self.days[lines])
        return Outcomes(self.usual_met, self.usual_days, place, self.need[lines], *sums)


@dataclass(frozen=True)
class Record:
    """For each row: the chance that a need is met after a yes, its own outcomes, and days to an answer."""

    helps: Floats
    known: Floats
    met: Floats
    answer_days: Floats

    @property
    def columns(self) -> tuple[Floats, Floats, Floats, Floats]:
        """All of them, in the order in which they are given."""
        return self.helps, self.known, self.met, self.answer_days
