"""What people say leads to needs, in both languages."""

import numpy as np
import pytest

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.wording.building import build
from resource_hub.matching.rules.wording.normal import normalise
from resource_hub.matching.rules.wording.relevance import mentioned, relevance
from resource_hub.matching.rules.wording.understanding import correct, understand
from resource_hub.matching.values.wording import Lexicon, Understood, Wording

SAID = [
    ("foood pantry near me", "food-insecurity", "pantry"),
    ("my kids are hungry", "food-insecurity", "pantry"),
    ("necesito comida", "food-insecurity", "pantry"),
    ("cant pay the light bill", "utility-insecurity", "energy"),
    ("me cortaron la luz", "utility-insecurity", "energy"),
    ("somewhere safe from my husband", "intimate-partner-violence", "safe"),
    ("mi esposo me pega", "intimate-partner-violence", "safe"),
    ("no tengo para la renta", "housing-instability", "rent"),
    ("me van a desalojar", "housing-instability", "legal"),
    ("ride to dialysis", "transportation-insecurity", "rides"),
    ("get my record expunged", "incarceration-status", "legal"),
    ("nowhere to sleep", "homelessness", "shelter"),
    ("winter coat for my son", "material-hardship", "clothes"),
]


def asked(wording: Wording, lexicon: Lexicon, text: str) -> Understood:
    return understand(wording, lexicon, correct(wording, lexicon, normalise(text)))


@pytest.mark.parametrize(("text", "need", "service"), SAID)
def test_plain_words_lead_to_the_need_and_the_service(
    wording: Wording, lexicon: Lexicon, text: str, need: str, service: str
) -> None:
    understood = asked(wording, lexicon, text)

    assert next(iter(understood.needs)) == need
    assert wording.services[int(np.argmax(relevance(wording, understood)))] in {service, "labelled"}
    assert relevance(wording, understood)[wording.services.index(service)] > 0.3


def test_every_need_of_the_vocabulary_is_one_of_the_field(lexicon: Lexicon) -> None:
    named = {need for wish in lexicon.wishes.values() for need in wish.needs}

    assert named == set(NEEDS)


def test_the_longest_phrase_counts(wording: Wording, lexicon: Lexicon) -> None:
    assert "transportation-insecurity" not in asked(wording, lexicon, "car seat for the baby").needs
    assert asked(wording, lexicon, "get my photo id").needs == {"sdoh-category-unspecified": 1.0}


@pytest.mark.parametrize("text", ["I don't need food, I need a lawyer", "no necesito comida, necesito un abogado"])
def test_what_is_not_wanted_is_not_understood(wording: Wording, lexicon: Lexicon, text: str) -> None:
    assert set(asked(wording, lexicon, text).needs) == {"sdoh-category-unspecified"}


def test_common_words_and_words_of_the_listings_are_never_corrected(wording: Wording, lexicon: Lexicon) -> None:
    for text in ("where can my family live", "harbor table", "quien cuide a mis hijos", "21201", "h3lp"):
        assert correct(wording, lexicon, text) == text


def test_words_written_as_one_are_parted(wording: Wording, lexicon: Lexicon) -> None:
    assert correct(wording, lexicon, "foodpantry") == "food pantry"


def test_a_label_counts_where_the_words_say_nothing(wording: Wording, lexicon: Lexicon) -> None:
    told = relevance(wording, asked(wording, lexicon, "Food Pantry"))

    assert wording.services[int(np.argmax(told))] == "labelled"


def test_what_an_organization_asks_for_is_not_what_it_gives(wording: Wording, lexicon: Lexicon) -> None:
    told = dict(zip(wording.services, relevance(wording, asked(wording, lexicon, "coats")), strict=True))

    assert told["clothes"] == 1.0
    assert told["pantry"] < 0.3


def test_who_asks_for_help_and_nothing_else_is_shown_who_knows_the_way(wording: Wording, lexicon: Lexicon) -> None:
    assert "navigating the system" in asked(wording, lexicon, "please help me").terms
    assert not asked(wording, lexicon, "xqzvw").terms


def test_the_reason_names_the_words_that_stand_in_the_listing(wording: Wording, lexicon: Lexicon) -> None:
    understood = asked(wording, lexicon, "cant pay the light bill")

    assert "turn off notice" in mentioned(wording, understood, wording.services.index("energy"))
    assert mentioned(wording, understood, wording.services.index("clothes")) == ()


def test_an_empty_market_finds_nothing_and_does_not_fail(lexicon: Lexicon) -> None:

    empty = build(lexicon, ())

    assert relevance(empty, understand(empty, lexicon, "food")).tolist() == []
