"""What follows from a source: needs, rules of eligibility, dates of checking."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.core.ids import derived_id
from resource_hub.inventory import service
from resource_hub.inventory.models import (
    Attribute,
    EligibilityRule,
    Market,
    ServiceNeed,
    TaxonomyTerm,
    Verification,
)
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import (
    Crosswalk,
    Draft,
    FactKind,
    FieldValue,
    Source,
)
from tests import factories
from tests.inventory.sources import ORGANIZATION, SERVICE, a_draft, edit

CROSSWALK = Crosswalk({"food": {"food-insecurity": 1.0}, "garden": {"food-insecurity": 0.5, "stress": 0.6}})


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


def a_term(number: str, name: str, parent: str | None = None) -> tuple[Draft, Draft]:
    link: dict[str, FieldValue] = {"link_entity": "service", "link_id": "7", "taxonomy_term_id": number}
    term = a_draft("taxonomy_term", number, name=name, parent_id=parent)
    return term, Draft("attribute", part_id("service", "7", "category", number), link, SERVICE.origin)


def needs(work: Work, market: Market) -> dict[str, tuple[float, str]]:
    rows = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id))
    return {row.need: (row.weight, row.source) for row in rows}


def derive(work: Work, market: Market, *drafts: Draft) -> bool:
    loaded = service.load(work, market, Source(drafts))
    return service.derive(work, market, CROSSWALK) or loaded.changed


def test_terms_become_needs_by_the_crosswalk(work: Work, market: Market) -> None:
    assert derive(
        work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"), *a_term("2", "Fruit", "1"), *a_term("3", "Garden")
    )
    assert needs(work, market) == {"food-insecurity": (1.0, "crosswalk"), "stress": (0.6, "crosswalk")}
    assert work.session.scalar(select(func.count()).select_from(TaxonomyTerm)) == 3
    assert not derive(
        work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"), *a_term("2", "Fruit", "1"), *a_term("3", "Garden")
    )


def test_needs_follow_the_terms(work: Work, market: Market) -> None:
    derive(work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"))
    assert derive(work, market, ORGANIZATION, SERVICE, *a_term("3", "Garden"))
    assert needs(work, market) == {"food-insecurity": (0.5, "crosswalk"), "stress": (0.6, "crosswalk")}
    assert [row.taxonomy_term_id for row in work.session.scalars(select(Attribute))] == [
        derived_id("taxonomy_term", "here", "3")
    ]


def test_a_need_that_a_steward_set_or_removed_stays_so(work: Work, market: Market) -> None:
    drafts = (ORGANIZATION, SERVICE, *a_term("1", "Garden"))
    derive(work, market, *drafts)
    edit(work, market, needs={"food-insecurity": 0.9})
    assert not derive(work, market, *drafts)
    assert needs(work, market) == {"food-insecurity": (0.9, "steward")}


def test_eligibility_is_read_and_read_again(work: Work, market: Market) -> None:
    older = replace(SERVICE, fields={**SERVICE.fields, "eligibility_description": "Ages 60 and older."})
    assert derive(work, market, ORGANIZATION, older)
    rule = work.session.scalars(select(EligibilityRule)).one()
    assert (rule.fact, rule.operator, rule.value, rule.status) == ("age", "at_least", 60, "approved")
    assert (rule.source, rule.words) == ("import", "Ages 60 and older.")
    assert not derive(work, market, ORGANIZATION, older)
    changed = replace(SERVICE, fields={**SERVICE.fields, "eligibility_description": "Anyone.", "minimum_age": 12.0})
    assert derive(work, market, ORGANIZATION, changed)
    rule = work.session.scalars(select(EligibilityRule)).one()
    assert (rule.value, rule.status, rule.words) == (12, "approved", None)
    assert not derive(work, market, ORGANIZATION, changed)


def test_dates_of_checking_are_taken_over_unless_older_or_in_the_future(work: Work, market: Market) -> None:
    day = date(2026, 10, 1)
    stated = replace(SERVICE, checked={FactKind.LISTING: day, FactKind.HOURS: date(2999, 1, 1)})
    assert derive(work, market, ORGANIZATION, stated)
    assert not derive(work, market, ORGANIZATION, replace(SERVICE, checked={FactKind.LISTING: date(2020, 1, 1)}))
    row = work.session.scalars(select(Verification)).one()
    assert (row.fact_kind, row.verified_on, row.source) == ("listing", day, "import")


def test_nothing_is_verified_by_loading(work: Work, market: Market) -> None:
    derive(work, market, ORGANIZATION, SERVICE)
    assert work.session.scalars(select(Verification)).all() == []
