"""`python -m benchmarks.relevance`: prints the comparison as tables, or with `--json` as one document."""

import json
import sys
from dataclasses import asdict

from benchmarks.relevance.city import CITIES, City, Source, opened
from benchmarks.relevance.judging import Grades, Verdict, judge, statements, terms
from benchmarks.relevance.rankers import RANKERS, ours

Report = dict[str, dict[str, dict[str, Verdict]]]


def compare(source: Source) -> dict[str, dict[str, Verdict]]:
    """Judge every ranker on both tasks with the labels hidden, and ours with the labels as they were imported."""
    report: dict[str, dict[str, Verdict]] = {"terms": {}, "statements": {}, "unseen": {}}
    with opened(source, hidden=True) as city:
        tasks = _tasks(city)
        for name, make in RANKERS.items():
            rank = make(city)
            for task, questions in tasks.items():
                report[task][name] = judge(rank, questions)
    with opened(source, hidden=False) as city:
        tasks = _tasks(city)
        for task, questions in tasks.items():
            report[task]["ours_with_labels"] = judge(ours(city), questions)
    return report


def _tasks(city: City) -> dict[str, list[tuple[str, Grades]]]:
    return {
        "terms": terms(city.labelled),
        "statements": statements(city.labelled),
        "unseen": statements(city.labelled, "unseen"),
    }


def main() -> None:
    """Compare on every city."""
    report: Report = {source.slug: compare(source) for source in CITIES}
    if "--json" in sys.argv:
        print(json.dumps(report, default=asdict, indent=2))
        return
    for city, of_city in report.items():
        for task, verdicts in of_city.items():
            print(f"\n{city}, {task} ({next(iter(verdicts.values())).questions} questions)")
            for name, verdict in verdicts.items():
                print(f"  {name:18} nDCG@10 {verdict.ndcg:.3f}   found nothing {verdict.nothing:6.1%}")


if __name__ == "__main__":
    main()
