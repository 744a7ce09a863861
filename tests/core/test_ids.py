"""What we create has a random id; what others named always has the same one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resource_hub.core.ids import derived_id, is_uuid, new_id

PARTS = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=4)


def test_every_new_id_is_another_uuid() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(is_uuid(one) for one in made)


@given(PARTS)
def test_the_same_words_have_the_same_id(parts: list[str]) -> None:
    assert derived_id(*parts) == derived_id(*parts)
    assert is_uuid(derived_id(*parts))


@given(PARTS, PARTS)
def test_other_words_have_another_id(parts: list[str], others: list[str]) -> None:
    assume(parts != others)
    assert derived_id(*parts) != derived_id(*others)


def test_a_derived_id_never_changes_between_versions() -> None:
    assert derived_id("service", "baltimore", "17") == "e0410317-9b42-54fb-9106-8843c1d5417c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6c3bd5f2-77f4-4bd4-9a3e-52f2c4d8f1a7", True),
        ("6C3BD5F2-77F4-4BD4-9A3E-52F2C4D8F1A7", True),
        ("6c3bd5f277f44bd49a3e52f2c4d8f1a7", False),
        ("{6c3bd5f2-77f4-4bd4-9a3e-52f2c4d8f1a7}", False),
        ("17", False),
        ("", False),
    ],
)
def test_a_uuid_is_known_in_its_canonical_form(text: str, expected: object) -> None:
    assert is_uuid(text) is expected
