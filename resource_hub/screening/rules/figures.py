"""What screening found in a programme, counted in people; small counts are hidden (see `hiding`)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from resource_hub.screening.rules.hiding import Adds, shown
from resource_hub.screening.values import NEED_OF, Result, WantsHelp

Key = tuple[str, str, str]

# What is counted of everybody, and of those who were screened; each with its rest, which would tell it by subtraction.
MEASURES = ("risk", "wants", "declined", "incomplete")
COLUMNS = ("people", "screened", *MEASURES)
RESULTS = (Result.POSITIVE, Result.NOT_INDICATED, Result.INCOMPLETE)
WISHES = (WantsHelp.YES, WantsHelp.LATER, WantsHelp.NO)
NOT_ASKED, NOT_SAID = "not-asked", "not-said"
ALL = ("all", "")


@dataclass(frozen=True, repr=False)
class Counted:
    """What one person adds to the figures; `results` is None for whoever was not screened in the time."""

    language: str
    area: str
    results: Mapping[str, Result] | None
    wishes: Mapping[str, WantsHelp]


@dataclass(frozen=True)
class Figures:
    """Counts by kind (all, language, area, domain), name and column; None where a count is hidden."""

    counts: Mapping[Key, int | None]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    domains: tuple[str, ...]

    def of(self, kind: str, name: str, column: str) -> int | None:
        """Return a count."""
        return self.counts.get((kind, name, column), 0)


def figures(people: Iterable[Counted]) -> Figures:
    """Count people, and hide what is too small."""
    counts: Counter[Key] = Counter()
    for person in people:
        counts.update(_of_person(person))
    names = {kind: _names(counts, kind) for kind in ("language", "area", "domain")}
    for domain in names["domain"]:
        asked = sum(counts["domain", domain, one.value] for one in RESULTS)
        counts["domain", domain, NOT_ASKED] = counts[*ALL, "screened"] - asked
    sums = tuple(_sums(names))
    for one in sums:
        for key in (*one.parts, one.total):
            counts.setdefault(key, 0)
    return Figures(shown(counts, sums), names["language"], names["area"], names["domain"])


def _of_person(person: Counted) -> Iterator[Key]:
    columns = ["people", *_columns(person)]
    for kind, name in (ALL, ("language", person.language), ("area", person.area)):
        yield from ((kind, name, column) for column in columns)
    for domain, result in (person.results or {}).items():
        yield ("domain", domain, result.value)
        if result is Result.POSITIVE:
            wish = person.wishes.get(NEED_OF.get(domain, domain))
            yield ("domain", domain, wish.value if wish else NOT_SAID)


def _columns(person: Counted) -> Iterator[str]:
    if person.results is None:
        yield "not screened"
        return
    yield "screened"
    found, wishes = set(person.results.values()), set(person.wishes.values())
    holds = {
        "risk": Result.POSITIVE in found,
        "wants": WantsHelp.YES in wishes,
        "declined": WantsHelp.NO in wishes,
        "incomplete": Result.INCOMPLETE in found,
    }
    yield from (measure if holds[measure] else f"not {measure}" for measure in MEASURES)


def _names(counts: Mapping[Key, int], kind: str) -> tuple[str, ...]:
    return tuple(sorted({name for found, name, _column in counts if found == kind}))


def _sums(names: Mapping[str, Sequence[str]]) -> Iterator[Adds[Key]]:
    groups = [(kind, name) for kind in ("language", "area") for name in names[kind]]
    for kind, name in (ALL, *groups):
        yield Adds(((kind, name, "screened"), (kind, name, "not screened")), (kind, name, "people"))
        for measure in MEASURES:
            yield Adds(((kind, name, measure), (kind, name, f"not {measure}")), (kind, name, "screened"))
    for kind in ("language", "area"):
        for column in ("people", "screened", "not screened", *MEASURES, *(f"not {one}" for one in MEASURES)):
            yield Adds(tuple((kind, name, column) for name in names[kind]), (*ALL, column))
    for domain in names["domain"]:
        results = (*(one.value for one in RESULTS), NOT_ASKED)
        yield Adds(tuple(("domain", domain, one) for one in results), (*ALL, "screened"))
        wishes = (*(one.value for one in WISHES), NOT_SAID)
        yield Adds(tuple(("domain", domain, one) for one in wishes), ("domain", domain, Result.POSITIVE.value))
