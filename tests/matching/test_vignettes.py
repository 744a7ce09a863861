"""The vignettes: hand-made markets whose order is plain, and sentences that a reader understands."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import mean

import pytest

from resource_hub.core.language import Translate, translator
from resource_hub.matching import phrases
from resource_hub.matching.policy import current
from resource_hub.matching.values import Policy
from tests.matching.vignettes.judging import Answer, answer, misses, ndcg
from tests.matching.vignettes.reading import Vignette, vignettes

VIGNETTES = vignettes()
AGREEMENT = 0.97
# A code has an underscore or is a need's code; a number that nobody rounded has three decimals or more.
RAW = re.compile(r"\w_\w|%\(|\bNone\b|\bnan\b|\d[.,]\d{3,}(?!\d*%)|-(?:insecurity|instability|capacity)\b")


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_the_order_is_what_a_coordinator_expects(vignette: Vignette) -> None:
    found = misses(answer(vignette))

    if vignette.missed is None:
        assert found == [], vignette.who
    else:
        assert found, f"{vignette.id} is met now: take its `missed` away."


def test_the_order_agrees_with_the_grades() -> None:
    assert mean(ndcg(answer(vignette)) for vignette in VIGNETTES) >= AGREEMENT


def without(section: str, **words: float) -> Policy:
    """The policy in force with some weights of a section changed."""
    return replace(current(), **{section: replace(getattr(current(), section), **words)})


# Each takes one thing out of the formula.
ABLATED: Mapping[str, Policy] = {
    "fit": without("fit", partial=0.0),
    "the way": without("travel", half_minutes=1e5),
    "room": without("accept", capacity=0.6, no_capacity=0.6, waitlist=0.6, additional_assessment_required=0.6),
    "open questions": without("accept", eligibility_unknown=1.0),
    "languages": without("language", interpreted=1.0, unknown=1.0, others_only=1.0),
    "documents": without("documents", missing=1.0, unknown=1.0, others=1.0),
    "timeliness": without("timeliness", half_life_days=1e5, limit=1.0, unknown=1.0),
    "the age of listings": replace(
        current(), freshness={kind: replace(decay, importance=0.0) for kind, decay in current().freshness.items()}
    ),
    "the cost of trips": without("basket", trip=0.0, handoff=0.0),
}


@pytest.mark.parametrize("policy", ABLATED.values(), ids=ABLATED.keys())
def test_without_a_part_of_the_formula_something_is_missed(policy: Policy) -> None:
    assert any(misses(answer(vignette, policy)) for vignette in VIGNETTES if vignette.missed is None)


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(vignette.kind for vignette in VIGNETTES)

    assert len(VIGNETTES) >= 60
    assert len({vignette.id for vignette in VIGNETTES}) == len(VIGNETTES)
    assert min(kinds[kind] for kind in ("discharge", "bridge", "resident")) >= 15
    assert len({vignette.zone for vignette in VIGNETTES}) == 3


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_every_grade_and_expectation_names_a_service(vignette: Vignette) -> None:
    names, expect = {row.name for row in vignette.rows}, vignette.expect
    named = {*vignette.grades, *expect.get("out", {}), *expect.get("asks", {}), *expect.get("state", {})}
    named |= {name for chain in expect.get("order", []) for name in chain}

    assert named <= names
    assert names <= set(vignette.grades) | set(expect.get("out", {}))


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_what_is_said_is_plain(vignette: Vignette) -> None:
    said = answer(vignette)
    for language in ("en", "es"):
        for text in sentences(said, translator(language)):
            assert text.strip(" ."), language
            assert not RAW.search(text), text


def sentences(said: Answer, translate: Translate) -> Iterator[str]:
    """Everything that is said of the rows, in the order of a page."""
    for match in said.matches:
        yield phrases.summary(match, translate)
        yield from (phrases.sentence(factor, translate) for factor in match.factors)
        yield from (phrases.question(question, translate) for question in match.questions)
    yield from (phrases.exclusion(one, translate) for one in said.exclusions)
    yield from (phrases.basket(basket, translate) for basket in said.baskets)
