"""Questions narrow the list and never empty it."""

from functools import partial
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Language, Market, RequiredDocument
from resource_hub.inventory.models.market import MarketArea
from resource_hub.web.portal import filters
from resource_hub.web.portal.filters import FILTERS, narrowed
from tests.factories import Listing, a_listing, a_market, stamps
from tests.web.conftest import Page, page

FOOD = {"need": "food-insecurity", "zip": "21201"}


@pytest.fixture
def here(work: Work) -> Market:
    here = a_market(work, "baltimore", noise=False)
    work.session.add(MarketArea(market_id=here.id, kind="county", value="Baltimore (city)"))
    work.session.flush()
    return here


@pytest.fixture
def two(work: Work, here: Market) -> tuple[Listing, Listing]:
    """A pantry that is free, asks for an ID and speaks Spanish, and a kitchen that costs and does not."""
    pantry = a_listing(work, here, name="Free pantry", fees_description="It is free of charge.")
    kitchen = a_listing(work, here, name="Paid kitchen", fees_description="Free first meal, then $5.")
    more = stamps(work, here), stamps(work, here)
    work.session.add(RequiredDocument(**more[0], service_id=pantry.service.id, document="Photo ID", fact="has_id"))
    work.session.add(Language(**more[1], service_id=pantry.service.id, code="es"))
    work.session.flush()
    return pantry, kitchen


def shown(client: FlaskClient, **fields: object) -> Page:
    return page(client.post("/find", data={**FOOD, **fields}))


@pytest.mark.parametrize(
    ("question", "there", "gone"),
    [
        ("free", "Free pantry", "Paid kitchen"),
        ("no_id", "Paid kitchen", "Free pantry"),
        ("spanish", "Free pantry", "Paid kitchen"),
    ],
)
@pytest.mark.usefixtures("two")
def test_a_question_leaves_what_answers_it(client: FlaskClient, question: str, there: str, gone: str) -> None:
    whole, part = shown(client), shown(client, turn=question)

    assert there in whole.text
    assert gone in whole.text
    assert (there in part.text, gone in part.text, "So we show the rest" in part.text) == (True, False, False)
    assert 'aria-pressed="true"' in part.html


@pytest.mark.usefixtures("two")
def test_pressed_again_it_is_off(client: FlaskClient) -> None:
    again = shown(client, only="free", turn="free")

    assert "Paid kitchen" in again.text
    assert 'aria-pressed="true"' not in again.html


@pytest.mark.usefixtures("two")
def test_what_nothing_answers_is_let_go_and_said(client: FlaskClient) -> None:
    part = shown(client, only=["free", "no_way"])

    assert "We found none that comes to you or works by phone. So we show the rest." in part.text
    assert ("Free pantry" in part.text, "Paid kitchen" in part.text) == (True, False)


@pytest.mark.usefixtures("two")
def test_an_unknown_question_is_refused(client: FlaskClient) -> None:
    assert shown(client, turn="gold").status == 422
    assert shown(client, only="gold").status == 422


@given(answers=st.lists(st.frozensets(st.sampled_from(sorted(FILTERS))), max_size=12), data=st.data())
def test_the_list_is_never_emptied_and_as_little_as_can_be_is_let_go(
    answers: list[frozenset[str]], data: st.DataObject
) -> None:
    chosen = [code for code in FILTERS if data.draw(st.booleans())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "_ANSWERS", {code: partial(_is_in, code) for code in FILTERS})
        kept = narrowed(answers, chosen, None, "")  # type: ignore[arg-type]  # rows are judged by the stand-ins alone

    held = set(chosen) - set(kept.let_go)
    assert bool(kept.rows) == bool(answers)
    assert tuple[object, ...](kept.rows) == tuple(row for row in answers if held <= row)
    assert max((len(row & set(chosen)) for row in answers), default=0) == (len(held) if answers else 0)
    assert all(before <= after for before, after in pairwise(map(list(FILTERS).index, kept.let_go)))


def _is_in(code: str, row: frozenset[str], _at: object, _zone: object) -> bool:
    return code in row
