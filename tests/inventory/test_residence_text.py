"""Where somebody must live, as eligibility texts say it; always suggested, never approved."""

import pytest

from resource_hub.core.geography import postal_codes
from resource_hub.inventory.rules.eligibility_text import read_rules
from resource_hub.inventory.values import RuleStatus


def home(text: str, state: str = "MD") -> tuple[tuple[str, ...], str] | None:
    rules = [rule for rule in read_rules(text, state) if rule.fact == "zip"]
    assert all(rule.status is RuleStatus.SUGGESTED for rule in rules)
    return next(
        ((tuple(map(str, rule.value)), rule.words or "") for rule in rules if isinstance(rule.value, tuple)), None
    )


@pytest.mark.parametrize(
    ("text", "county", "words"),
    [
        ("Residents of Howard County", "Howard", "Residents of Howard County"),
        ("Low-income Howard County residents only", "Howard", "Low-income Howard County residents"),
        ("Must live in Charles County, with ID", "Charles", "live in Charles County"),
    ],
)
def test_a_county_is_the_zip_codes_that_lie_in_it(text: str, county: str, words: str) -> None:
    found = home(text)
    assert found
    assert found[1] == words
    assert {postal_codes()[code].county for code in found[0]} == {county}


def test_zip_codes_are_read_as_they_stand() -> None:
    assert home("Must be a resident of zip code 21216 or 21217.") == (
        ("21216", "21217"),
        "resident of zip code 21216 or 21217",
    )


@pytest.mark.parametrize(
    "text", ["Open to any resident", "Residents in need", "Salisbury City residents", "County residents"]
)
def test_what_names_no_county_of_the_state_is_no_rule(text: str) -> None:
    assert home(text) is None
    assert home("Residents of Howard County", "WY") is None


def test_medicaid_and_poverty_are_suggested_and_low_income_is_not() -> None:
    facts = {
        rule.fact: rule.value for rule in read_rules("Medicaid recipients at or below 250% of poverty level", "MD")
    }
    assert facts == {"insurance": "medicaid", "income_fpl": 250}
    assert read_rules("Low income people in need of help", "MD") == ()
