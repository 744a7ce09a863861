"""Prints how far the ranking agrees with the vignettes, and which expectations it misses."""

import sys
from collections import defaultdict
from statistics import mean

from tests.matching.vignettes.judging import answer, misses, ndcg
from tests.matching.vignettes.reading import vignettes


def main() -> int:
    answers = [answer(vignette) for vignette in vignettes()]
    agreement: dict[str, list[float]] = defaultdict(list)
    for said in answers:
        agreement[said.vignette.kind].append(ndcg(said))
        agreement["all"].append(ndcg(said))
    for kind, values in sorted(agreement.items()):
        sys.stdout.write(f"{kind:10} {len(values):3} vignettes  nDCG {mean(values):.3f}\n")
    for said in answers:
        sys.stdout.write("".join(f"{text}\n  known: {said.vignette.missed}\n" for text in misses(said)))
    return 1 if any(bool(misses(said)) != bool(said.vignette.missed) for said in answers) else 0


if __name__ == "__main__":
    sys.exit(main())
