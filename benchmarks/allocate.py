"""A table of the policies of `bench allocate` on invented instances, as shares of the optimum in hindsight.

Run it with `python benchmarks/allocate.py [SEEDS]`; five seeds of each family if not given.
"""

import sys
import time

import numpy as np

from resource_hub.evaluation.allocation.measuring import POLICIES, measure
from resource_hub.evaluation.allocation.placements import FAMILIES, make


def main(seeds: int) -> None:
    """Print one line for each family."""
    print("| family | " + " | ".join(POLICIES) + " | seconds |\n|---|" + "---|" * (len(POLICIES) + 1))
    for name in FAMILIES:
        began = time.monotonic()
        found = [measure(make(name, seed), lambda _step: None) for seed in range(seeds)]
        shares = np.mean([[total / one.optimum for total in one.policies.values()] for one in found], axis=0)
        seconds = (time.monotonic() - began) / seeds
        print(f"| {name} | " + " | ".join(f"{share:.1%}" for share in shares) + f" | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
