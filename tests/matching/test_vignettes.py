"""The vignettes: hand-made markets whose order is plain, and sentences that a reader understands."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean

import pytest

from resource_hub.core.language import Translate, translator
from resource_hub.matching import phrases
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


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_what_is_said_is_plain(vignette: Vignette, language: str) -> None:
    for text in sentences(answer(vignette), translator(language)):
        assert text.strip(" ."), vignette.id
        assert not RAW.search(text), text


def sentences(said: Answer, translate: Translate) -> Iterator[str]:
    """Everything that is said of the rows, in the order of a page."""
    for match in said.matches:
        yield phrases.summary(match, translate)
        yield from (phrases.sentence(factor, translate) for factor in match.factors)
        yield from (phrases.question(question, translate) for question in match.questions)
    yield from (phrases.exclusion(one, translate) for one in said.exclusions)
    yield from (phrases.basket(basket, translate) for basket in said.baskets)
