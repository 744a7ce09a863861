"""What may be said: a difference counts only where its sign is the same in nearly every draw of the assumptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resource_hub.evaluation.simulation.outcomes import MORE_IS_BETTER, Outcome
from resource_hub.evaluation.simulation.policies import BASELINES, OURS, PARTS

# The share of draws in which the sign must hold.
ENOUGH = 0.95

_WORDS = {
    Outcome.SERVED: "serves more needs in time",
    Outcome.WASTED: "wastes fewer trips",
    Outcome.CONTACT: "makes first contact sooner",
    Outcome.HELP: "helps sooner",
    Outcome.FULL: "sends fewer requests to full places",
    Outcome.SPREAD: "serves groups more evenly",
}
Results = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Claim:
    """One sentence, the share of draws in which it holds, and whether it is made."""

    outcome: str
    against: str
    holds_in: float

    @property
    def made(self) -> bool:
        """Whether the sign holds in enough draws to say so."""
        return self.holds_in >= ENOUGH

    @property
    def text(self) -> str:
        """The claim in words."""
        return f"{OURS} {_WORDS[Outcome(self.outcome)]} than {self.against}"


def claims(draws: Sequence[Results]) -> tuple[Claim, ...]:
    """Judge every claim: the formula against each other order, and against itself without each part."""
    others = (*BASELINES, *(f"{OURS}_without_{part}" for part in PARTS))
    return tuple(Claim(outcome, other, _held(draws, outcome, other)) for other in others for outcome in Outcome)


def _held(draws: Sequence[Results], outcome: Outcome, other: str) -> float:
    """Return the share of draws in which ours is better; equal is not better."""
    sign = 1 if outcome in MORE_IS_BETTER else -1
    better = [sign * (results[OURS][outcome] - results[other][outcome]) > 0 for results in draws]
    return sum(better) / len(better)
