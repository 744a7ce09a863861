"""Finding in plain words, on the database: the list, its reasons, safety, and the count of searches without one."""

import math
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.language import translator
from resource_hub.inventory.models import Attribute, Market, TaxonomyTerm
from resource_hub.matching import phrases
from resource_hub.matching.errors import BadQuestion
from resource_hub.matching.finding import count_if_nothing, find
from resource_hub.matching.models import ZeroResult
from resource_hub.matching.values import Query
from resource_hub.matching.values.wording import Found
from tests.factories import a_listing, a_market, stamps
from tests.matching.build import ORIGIN

Ask = Callable[..., Found]


@pytest.fixture
def ask(work: Work, market: Market) -> Ask:
    """Ask the market in words, on a Friday at ten in the morning."""

    def asked(words: str, **more: object) -> Found:
        work.session.flush()
        return find(work.session, market, words, Query(**{"needs": (), "at": work.now, **more}))  # type: ignore[arg-type]  # any field of a query

    return asked


def listed(found: Found) -> list[str]:
    return [match.listing.name for match in found.ranking.matches]


def test_services_are_found_by_what_they_do_labelled_or_not(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Warm Homes", needs=(), description="Pays gas and electric bills.")
    a_listing(work, market, name="Fuel Fund", needs=("utility-insecurity",), description="Energy assistance.")
    a_listing(work, market, name="Chess Club", needs=(), description="Chess on Mondays.")

    found = ask("Cant pay the LIGTH bill!!")

    assert (found.query, found.corrected) == ("Cant pay the LIGTH bill!!", "cant pay the light bill")
    assert found.needs["utility-insecurity"] == 1.0
    assert set(listed(found)) == {"Warm Homes", "Fuel Fund"}
    assert found.safety is None


def test_a_need_that_is_written_down_counts_where_the_words_say_nothing(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Program 12", needs=("food-insecurity",))
    a_listing(work, market, name="Program 13", needs=())

    assert listed(ask("my kids are hungry")) == ["Program 12"]


def test_the_score_is_the_product_and_the_reason_names_words(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Bread Basket", description="Groceries and canned goods.")

    [match] = ask("food pantry").ranking.matches

    assert match.score == pytest.approx(math.prod(factor.value for factor in match.factors) - match.price, abs=1e-9)
    assert 0 < match.factors[0].value <= 1
    text = phrases.sentence(match.factors[0], translator("en"))
    assert text.startswith("Made for this: Food; mentions: ")
    assert "groceries" in text


def test_a_row_of_another_market_is_never_found(ask: Ask) -> None:
    assert listed(ask("neighbour's pantry")) == []


def test_the_name_of_an_organization_finds_its_services(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Zebra House", needs=())
    a_listing(work, market, name="Lion House", needs=())

    assert listed(ask("zebrra house"))[0] == "Zebra House"


def test_a_taxonomy_term_finds_what_carries_it(work: Work, market: Market, ask: Ask) -> None:
    there = a_listing(work, market, name="Program 12", needs=())
    a_listing(work, market, name="Program 13", needs=())
    term = TaxonomyTerm(**stamps(work, market), name="Blue Widgets")
    work.session.add(term)
    work.session.flush()
    label = {"link_entity": "service", "link_id": there.service.id, "taxonomy_term_id": term.id}
    work.session.add(Attribute(**stamps(work, market), **label))

    assert listed(ask("blue widgets")) == ["Program 12"]


def test_inactive_and_ineligible_rows_are_left_out_as_in_a_match(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Old pantry", status="inactive")
    a_listing(work, market, name="Elders' pantry", minimum_age=60.0)
    a_listing(work, market, name="Open pantry")

    assert listed(ask("pantry", facts={"age": 30.0})) == ["Open pantry"]


def test_without_an_origin_distance_plays_no_part(work: Work, market: Market, ask: Ask) -> None:
    a_listing(work, market, name="Far pantry", at=(39.9, -76.6))
    a_listing(work, market, name="Near pantry")

    anywhere, from_here = ask("pantry"), ask("pantry", origin=ORIGIN)

    assert all(match.travel.distance_km is None for match in anywhere.ranking.matches)
    assert len({match.score for match in anywhere.ranking.matches}) == 1
    assert listed(from_here) == ["Near pantry", "Far pantry"]


def test_words_of_danger_bring_help_first_also_where_nothing_is_found(ask: Ask) -> None:
    found = ask("somewhere safe from my husbund")

    assert found.safety
    assert (found.safety.code, found.safety.help[0].phone) == ("violence", "1-800-799-7233")
    assert found.needs == {"intimate-partner-violence": 1.0}


@pytest.mark.parametrize("words", ["", "   ", "\0\0", "🙂🙂🙂", "x" * 201, "a b " * 60, "ü" * 10_000_000, "\ud800" * 9])
def test_what_says_nothing_or_too_much_is_refused(ask: Ask, words: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        ask(words)

    assert [fault.field for fault in refused.value.faults] == ["query"]


@pytest.mark.parametrize(
    "words",
    [
        "\u202epantry\u202c",
        "🍞 pantry 🍞",
        "pan\0try",
        "食品",
        "مساعدة",
        "' OR 1=1 --",
        "%s %(a)s {0}",
        " ".join(["x"] * 100),
    ],
)
def test_odd_words_are_answered(work: Work, market: Market, ask: Ask, words: str) -> None:
    a_listing(work, market, name="Pantry")

    assert ask(words).corrected


class TestZeroResults:
    """Searches that find nothing are counted by need and day, and by nothing else."""

    def counted(self, work: Work) -> dict[tuple[str, str], int]:
        rows = work.session.scalars(select(ZeroResult))
        return {(row.need, row.day.isoformat()): row.searches for row in rows}

    def test_a_search_that_found_something_is_not_counted(self, work: Work, market: Market, ask: Ask) -> None:
        a_listing(work, market, name="Pantry")

        assert not count_if_nothing(work.session, market, ask("pantry"))
        assert self.counted(work) == {}

    def test_needs_are_counted_on_the_markets_date(self, work: Work, market: Market, ask: Ask) -> None:
        late = work.now.replace(hour=3) + timedelta(days=1)
        for _time in range(2):
            assert count_if_nothing(work.session, market, ask("cant pay the light bill", at=late))

        assert self.counted(work)["utility-insecurity", "2026-11-20"] == 2

    def test_what_was_not_understood_is_counted_as_unspecified(self, work: Work, market: Market, ask: Ask) -> None:
        count_if_nothing(work.session, market, ask("xqzvw"))

        assert self.counted(work) == {("sdoh-category-unspecified", "2026-11-20"): 1}

    def test_a_neighbours_searches_are_apart(self, work: Work, market: Market, ask: Ask) -> None:
        other = a_market(work, "other")
        found = ask("xqzvw")
        count_if_nothing(work.session, market, found)
        count_if_nothing(work.session, other, found)

        assert sorted(row.searches for row in work.session.scalars(select(ZeroResult))) == [1, 1]
