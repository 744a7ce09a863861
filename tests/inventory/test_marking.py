"""Words marked in a text."""

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.inventory.rules.marking import LONGEST, marked_pieces


def test_words_are_found_in_any_case_and_with_any_signs_between() -> None:
    pieces = marked_pieces("The Food-Pantry serves women's groups.", ["food pantry", "womens"])
    assert [piece for piece, is_marked in pieces if is_marked] == ["Food-Pantry", "women's"]
    assert "".join(piece for piece, _ in pieces) == "The Food-Pantry serves women's groups."


def test_a_long_text_is_cut_around_the_first_word() -> None:
    text = "long ago " * 100 + "a pantry opened " + "and went on " * 100
    pieces = marked_pieces(text, ["pantry"])
    assert [piece for piece, is_marked in pieces if is_marked] == ["pantry"]
    assert (pieces[0][0][:2], pieces[-1][0][-2:]) == ("… ", " …")


@given(st.text(max_size=LONGEST), st.lists(st.text(max_size=8), max_size=4))
def test_nothing_of_a_short_text_is_lost(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in marked_pieces(text, words)) == " ".join(text.split())
