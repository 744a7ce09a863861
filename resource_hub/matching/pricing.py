"""What a unit of room is worth to those still to come: the duals of the expected demand against the room left.

The price of a place is the multiplier of its room in the linear program "place the expected cases so that their worth
is greatest". It is zero where there is slack. The dual of that program is convex and has one variable a place, so it
is minimised as it stands, slightly blurred: a kink becomes a curve, as if many futures had been drawn and averaged.
"""

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import ThreadpoolController

from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Floats

# The blur, as a share of what a usual case is worth at its best place.
BLUR = 0.01
_OPTIONS = {"maxiter": 60, "ftol": 1e-7, "gtol": 1e-3}
_NEVER = -1e18
# Sums so small are slower with several threads, many times so where the machine has other work.
_THREADS = ThreadpoolController()


def prices(cases: Cases, expected: Floats, room: Floats, start: Floats | None = None) -> Floats:
    """Return the price of one unit of room at each place, in the unit of worth.

    `expected` is how many cases like each one are still to come, `start` prices found before for a similar question.
    """
    fits = np.isfinite(cases.worth) & (cases.worth > 0) & (cases.sizes[:, None] <= room)
    wanted = fits.any(axis=1) & (expected > 0)
    if not wanted.any():
        return np.zeros(len(room))
    usual = float(np.median(np.where(fits, cases.worth, 0).max(axis=1)[wanted]))
    unit = float(cases.sizes[wanted].mean())
    first = np.zeros(len(room)) if start is None else start * unit / usual
    worth = np.where(fits, cases.worth / usual, _NEVER)[wanted]
    return _least(worth, cases.sizes[wanted] / unit, expected[wanted], room / unit, first) * usual / unit


def _least(worth: Floats, sizes: Floats, mass: Floats, room: Floats, first: Floats) -> Floats:
    def cost(price: Floats) -> tuple[float, Floats]:
        """Return the dual's value and slope: room at its price, and what each case gains above the prices."""
        gain = (worth - sizes[:, None] * price) / BLUR
        top = np.maximum(gain.max(axis=1), 0)
        shares = np.exp(gain - top[:, None])
        total = shares.sum(axis=1) + np.exp(-top)
        value = room @ price + BLUR * (mass @ (top + np.log(total)))
        return float(value), room - (mass * sizes / total) @ shares

    bounds = [(0, None)] * len(room)
    with _THREADS.limit(limits=1):
        found = minimize(cost, first, jac=True, method="L-BFGS-B", bounds=bounds, options=_OPTIONS)
    return np.asarray(found.x, dtype=np.float64)
