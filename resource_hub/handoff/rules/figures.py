"""What came of handoffs, as several numbers that are never one "closed rate"."""

from dataclasses import dataclass

# A smaller group could be told apart; it is counted in the sum of its market only.
FEWEST_SHOWN = 5


@dataclass(frozen=True)
class Figures:
    """Counts of handoffs: asked for, answered, accepted; of the accepted how many are known, and of those helped.

    `loop_known` are those of which somebody said whether the person got the help; `received` those of which it is yes.
    """

    asked: int = 0
    answered: int = 0
    accepted: int = 0
    loop_known: int = 0
    received: int = 0
    need_met: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return the sum of two groups."""
        return Figures(*(mine + theirs for mine, theirs in zip(_counts(self), _counts(other), strict=True)))

    @property
    def is_shown(self) -> bool:
        """Whether the group is large enough to be shown by itself."""
        return self.asked >= FEWEST_SHOWN


def _counts(figures: Figures) -> tuple[int, ...]:
    return tuple(vars(figures).values())
