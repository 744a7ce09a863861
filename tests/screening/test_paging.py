"""An instrument in pages: a group each, or all on one where it fits."""

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.screening import instruments
from resource_hub.screening.rules.inviting import LENGTH, SIGNS, normal_code, shown_code
from resource_hub.screening.rules.ordering import moved
from resource_hub.screening.rules.paging import FITS, next_page, page_before, pages_of
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Answer, Instrument

YES_NO = [{"code": "yes"}, {"code": "no"}]


def an_instrument(*groups: int, wrapped: bool = False) -> Instrument:
    """Groups of so many questions; each question but the first of a group waits for a yes to the first."""
    items: list[dict[str, object]] = [{"code": "root", "kind": "group", "text": {"en": "All"}}] if wrapped else []
    for group, size in enumerate(groups):
        inside = {"within": "root"} if wrapped else {}
        items.append({"code": f"g{group}", "kind": "group", "text": {"en": "Part"}, **inside})
        items += [{"code": f"q{group}-{one}", "answers": YES_NO, "within": f"g{group}"} for one in range(size)]
    return read_instrument({"name": "made-up", "version": "1", "items": items, "scoring": []})


def test_a_short_one_is_on_one_page() -> None:
    assert len(pages_of(instruments.load("short-screener"))) == 1


def test_a_long_one_has_a_page_for_each_group_also_within_one_that_holds_all() -> None:
    for wrapped in (False, True):
        pages = pages_of(an_instrument(8, 9, 2, wrapped=wrapped))
        assert [sum(code.startswith("q") for code in page) for page in pages] == [8, 9, 2]
        assert {code.partition("-")[0] for code in pages[1]} == {"g1", "q1"}


@given(groups=st.lists(st.integers(1, 40), min_size=1, max_size=6), wrapped=st.booleans())
def test_every_question_is_on_one_page_in_its_order(groups: list[int], *, wrapped: bool) -> None:
    instrument = an_instrument(*groups, wrapped=wrapped)
    pages = pages_of(instrument)

    assert [code for page in pages for code in page] == [item.code for item in instrument.items]
    assert all(0 < sum(code.startswith("q") for code in page) <= FITS for page in pages)


def test_a_page_on_which_nothing_is_asked_is_passed_over() -> None:
    document = {
        "name": "made-up", "version": "1", "scoring": [],
        "items": [
            *({"code": f"a{one}", "answers": YES_NO} for one in range(FITS)),
            {"code": "more", "kind": "group", "text": {"en": "More"},
             "enabled": {"when": [{"item": "a0", "operator": "=", "value": "yes"}]}},
            {"code": "b", "answers": YES_NO, "within": "more"},
            {"code": "last", "kind": "group", "text": {"en": "Last"}},
            {"code": "c", "answers": YES_NO, "within": "last"},
        ],
    }  # fmt: skip
    instrument = read_instrument(document)

    assert (next_page(instrument, [], 1), page_before(instrument, [], 3)) == (3, 1)
    assert next_page(instrument, [Answer("a0", "yes")], 1) == 2
    assert next_page(instrument, [], 3) is None


def test_a_need_moves_one_step_and_not_past_the_ends() -> None:
    assert moved(("a", "b", "c"), "c", -1) == ("a", "c", "b")
    assert moved(("a", "b"), "a", -1) == ("a", "b")
    assert moved(("a", "b"), "b", 1) == ("a", "b")
    assert moved(("a", "b"), "x", 1) == ("a", "b")


@given(st.text(alphabet=SIGNS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_as_it_is_shown_or_typed_in_small_letters(code: str) -> None:
    assert normal_code(shown_code(code)) == code
    assert normal_code(f" {code.lower()} ") == code
