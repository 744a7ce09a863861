import pytest

from resource_hub.evaluation.simulation.claims import claims
from resource_hub.evaluation.simulation.outcomes import Outcome
from resource_hub.evaluation.simulation.policies import POLICIES


def draws(better: int, of: int, *, by: float = 0.01) -> list[dict[str, dict[str, float]]]:
    """Draws of which the first so many give ours a higher number in all outcomes, and the rest a lower one."""
    ours = [0.5 + by if draw < better else 0.5 - by for draw in range(of)]
    return [{name: dict.fromkeys(Outcome, value if name == "ours" else 0.5) for name in POLICIES} for value in ours]


@pytest.mark.parametrize("better", [100, 95, 94, 0])
def test_a_claim_is_made_where_its_sign_holds_in_95_of_100_draws(better: int) -> None:
    found = {(one.outcome, one.against): one for one in claims(draws(better, 100))}
    served = found[Outcome.SERVED, "nearest"]
    assert (served.holds_in, served.made) == (better / 100, better >= 95)
    assert served.text == "ours serves more needs in time than nearest"


def test_of_all_other_outcomes_less_is_better() -> None:
    found = {(one.outcome, one.against): one.holds_in for one in claims(draws(5, 100))}
    assert {found[outcome, "nearest"] for outcome in Outcome if outcome is not Outcome.SERVED} == {0.95}


def test_equal_is_not_better() -> None:
    assert {one.holds_in for one in claims(draws(10, 10, by=0))} == {0}


def test_every_other_order_and_every_part_is_judged_on_every_outcome() -> None:
    judged = [(one.against, one.outcome) for one in claims(draws(1, 1))]
    assert sorted(judged) == sorted((name, outcome) for name in POLICIES if name != "ours" for outcome in Outcome)
