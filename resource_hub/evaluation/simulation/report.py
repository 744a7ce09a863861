"""A study as one JSON document, and as tables to read."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from resource_hub.evaluation.calibration import Calibration
from resource_hub.evaluation.simulation.claims import ENOUGH, Claim
from resource_hub.evaluation.simulation.outcomes import Outcome
from resource_hub.evaluation.simulation.policies import POLICIES
from resource_hub.evaluation.simulation.study import Study

_DIGITS = 6


def document(study: Study) -> dict[str, Any]:
    """Return a study as JSON: each policy's outcomes over the draws, the claims, and the calibration."""
    return {
        "seed": study.seed,
        "draws": len(study.draws),
        "assumptions": study.assumptions,
        "policy": study.policy,
        "checks": {name: _spread([drawn.checks[name] for drawn in study.draws]) for name in study.draws[0].checks},
        "policies": {name: {outcome.value: _summary(study, name, outcome) for outcome in Outcome} for name in POLICIES},
        "claims": [_claim(claim) for claim in study.claims],
        "calibration": {name: _calibration(found) for name, found in study.calibration.items()},
    }


def lines(study: Study) -> Iterator[str]:
    """Yield a study as lines of text."""
    yield f"{len(study.draws)} draws of the assumptions {study.assumptions}, policy {study.policy}, seed {study.seed}."
    yield "Means over the draws (5th to 95th percentile)."
    yield ""
    yield f"{'':28}" + "".join(f"{outcome.value.replace('_', ' '):>26}" for outcome in Outcome)
    for name in POLICIES:
        found = [_summary(study, name, outcome) for outcome in Outcome]
        cells = (f"{one['mean']:.3f} ({one['p05']:.3f} to {one['p95']:.3f})" for one in found)
        yield f"{name:28}" + "".join(f"{cell:>26}" for cell in cells)
    yield ""
    yield f"The simulated world, nearest first: {_checked(study)}."
    for title, made in ((f"Claims (the sign holds in {ENOUGH:.0%} of draws or more)", True), ("Not shown", False)):
        yield ""
        yield f"{title}:"
        yield from (f"  {claim.holds_in:5.0%}  {claim.text}" for claim in study.claims if claim.made is made)
    for name, judged in study.calibration.items():
        yield ""
        yield from _calibration_lines(name, judged)


def _summary(study: Study, name: str, outcome: Outcome) -> dict[str, float]:
    return _spread([drawn.outcomes[name][outcome] for drawn in study.draws])


def _spread(values: list[float]) -> dict[str, float]:
    low, high = np.quantile(values, [0.05, 0.95])
    return {"mean": _short(float(np.mean(values))), "p05": _short(float(low)), "p95": _short(float(high))}


def _checked(study: Study) -> str:
    means = {name: float(np.mean([drawn.checks[name] for drawn in study.draws])) for name in study.draws[0].checks}
    return ", ".join(f"{name.replace('_', ' ')} {mean:.2f}" for name, mean in means.items())


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.text,
        "outcome": claim.outcome,
        "against": claim.against,
        "holds_in": claim.holds_in,
        "made": claim.made,
    }


def _calibration(found: Calibration | None) -> dict[str, Any] | None:
    if found is None:
        return None
    numbers = {name: _short(value) for name, value in asdict(found).items() if name != "bins"}
    bins = [{name: _short(value) for name, value in asdict(one).items()} for one in found.bins]
    return {**numbers, "skill": _short(found.skill), "bins": bins}


def _calibration_lines(name: str, found: Calibration | None) -> Iterator[str]:
    yield f"Predicted chance against help in time, requests of {name}:"
    if found is None:
        yield "  no requests"
        return
    yield (
        f"  {found.count} requests, predicted {found.mean_predicted:.3f}, observed {found.base_rate:.3f}; Brier"
        f" {found.brier:.4f}, of the base rate {found.uncertainty:.4f}, skill {found.skill:+.3f}"
    )
    yield (
        f"  reliability {found.reliability:.4f}, resolution {found.resolution:.4f}, uncertainty"
        f" {found.uncertainty:.4f}, within bins {found.within:+.4f}; discrimination {found.discrimination:.3f}"
    )
    yield f"  {'predicted':>12} {'requests':>9} {'mean':>7} {'observed':>9}"
    for one in found.bins:
        span = f"{one.low:.1f} to {one.high:.1f}"
        yield f"  {span:>12} {one.count:9} {one.predicted:7.3f} {one.observed:9.3f}"


def _short(value: float) -> float:
    return value if isinstance(value, int) else round(value, _DIGITS)
