"""Figures count people; what is small is hidden, also from whoever subtracts."""

from collections import Counter
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.screening import queries, service
from resource_hub.screening.rules.figures import Counted, figures
from resource_hub.screening.rules.hiding import FEWEST_SHOWN, Adds, shown
from resource_hub.screening.values import Answer, Result, WantsHelp
from tests.factories import a_market, a_person

RISK, NONE = Result.POSITIVE, Result.NOT_INDICATED


def table(cells: list[list[int]]) -> tuple[dict[str, int], list[Adds[str]]]:
    """Rows and columns with their totals, and the grand total."""
    counts: Counter[str] = Counter()
    for (row, line), column in product(enumerate(cells), range(len(cells[0]))):
        for key in (f"{row},{column}", f"{row},all", f"all,{column}", "all,all"):
            counts[key] += line[column]
    rows, columns = range(len(cells)), range(len(cells[0]))
    sums = [Adds(tuple(f"{row},{column}" for column in columns), f"{row},all") for row in [*rows, "all"]]
    sums += [Adds(tuple(f"{row},{column}" for row in rows), f"all,{column}") for column in [*columns, "all"]]
    return dict(counts), sums


CELLS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(CELLS)
def test_no_small_count_is_shown_or_follows_from_what_is(cells: list[list[int]]) -> None:
    counts, sums = table(cells)

    found = shown(counts, sums)

    assert all(count is None or count == 0 or count >= FEWEST_SHOWN for count in found.values())
    hidden = [key for key, count in found.items() if count is None]
    # As a curious reader would: all sums at once, with the hidden ones as unknowns.
    rows = np.array([[(key in one.parts) - (key == one.total) for key in hidden] for one in sums], dtype=float)
    for number, key in enumerate(hidden):
        wanted = np.zeros(len(hidden))
        wanted[number] = 1
        solved = np.linalg.lstsq(rows.T, wanted, rcond=None)[0]
        assert not np.allclose(rows.T @ solved, wanted), key


@given(CELLS)
def test_what_is_shown_is_true_and_nothing_is_hidden_without_need(cells: list[list[int]]) -> None:
    counts, sums = table(cells)
    found = shown(counts, sums)

    assert all(found[key] in {None, count} for key, count in counts.items())
    if all(count == 0 or count >= FEWEST_SHOWN for count in counts.values()):
        assert found == counts


def test_the_rest_of_a_whole_is_hidden_along_with_it() -> None:
    found = shown({"screened": 25, "not screened": 5, "people": 30}, [Adds(("screened", "not screened"), "people")])

    assert found == {"screened": None, "not screened": None, "people": 30}


def people(count: int, language: str, result: Result, wish: WantsHelp | None = None) -> list[Counted]:
    wishes = {"food-insecurity": wish} if wish else {}
    return [Counted(language, "212", {"food-insecurity": result}, wishes)] * count


def test_people_are_counted_by_what_was_found_and_what_they_want() -> None:
    found = figures(
        [
            *people(20, "en", RISK, WantsHelp.YES),
            *people(15, "en", RISK, WantsHelp.NO),
            *people(30, "es", NONE),
            *[Counted("es", "212", None, {})] * 12,
        ]
    )

    assert [found.of("all", "", one) for one in ("people", "screened", "risk", "wants", "declined")] == [
        77, 65, 35, 20, 15,
    ]  # fmt: skip
    assert found.of("domain", "food-insecurity", "no") == 15
    assert (found.of("language", "es", "screened"), found.of("language", "es", "people")) == (30, 42)


def test_one_small_language_hides_another() -> None:
    found = figures([*people(40, "en", NONE), *people(20, "es", NONE), *people(3, "ht", NONE)])

    assert [found.of("language", one, "people") for one in ("en", "es", "ht")] == [40, None, None]
    assert found.of("all", "", "people") == 63


def test_the_figures_of_a_market_know_nobody_else(work: Work, mine: Work, here: Market) -> None:
    elsewhere = a_market(work, "far")
    for number in range(12):
        person = a_person(mine, here, name=f"Person {number}", language="es-MX", postal_code="21201")
        a_person(work, elsewhere, name=f"Stranger {number}", language="es", postal_code="21201")
        service.record_screening(
            mine, person.id, "short-screener", [Answer("food", "most")], {"food-insecurity": WantsHelp.YES}
        )

    found = queries.figures_of(mine, here.id)

    assert (found.of("all", "", "people"), found.of("all", "", "screened")) == (24, 12)
    assert found.of("domain", "food-insecurity", "positive") == 12
    assert (found.languages, found.areas) == (("es",), ("212",))
    assert queries.most_wanted(mine.session, here.id) == ("food-insecurity",)
    assert queries.most_wanted(mine.session, elsewhere.id) == ()
