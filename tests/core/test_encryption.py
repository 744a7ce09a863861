"""A sealed field opens at its own place with one of the keys, and nowhere else; its bytes say nothing."""

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resource_hub.core.encryption import Place, Unreadable, Vault, new_key

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.binary(min_size=32, max_size=32)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz_0123456789-", min_size=1, max_size=12)
PLACES = st.builds(Place, WORDS, WORDS, WORDS)
HERE = Place("person", "sealed_name", "p-1")
OLD, NEW = bytes(32), bytes(range(32))
# Known beforehand, because the tests named after it must have the same names in every worker.
WRITTEN = b64encode(NEW).decode()


@given(TEXTS, PLACES, KEYS)
def test_what_is_sealed_opens_at_its_place(text: str, place: Place, key: bytes) -> None:
    assert Vault((key,)).open(Vault((key,)).seal(text, place), place) == text


@given(TEXTS, PLACES, PLACES)
def test_bytes_moved_to_another_place_do_not_open(text: str, place: Place, other: Place) -> None:
    assume(place != other)
    vault = Vault((NEW,))
    with pytest.raises(Unreadable):
        vault.open(vault.seal(text, place), other)


@pytest.mark.parametrize("part", ["table", "column", "row"])
def test_table_column_and_row_are_each_part_of_the_place(part: str) -> None:
    vault = Vault((NEW,))
    with pytest.raises(Unreadable):
        vault.open(vault.seal("Rosa", HERE), replace(HERE, **{part: "other"}))


@given(TEXTS, KEYS, KEYS)
def test_another_key_does_not_open(text: str, key: bytes, other: bytes) -> None:
    assume(key != other)
    with pytest.raises(Unreadable):
        Vault((other,)).open(Vault((key,)).seal(text, HERE), HERE)


@given(TEXTS, st.data())
def test_changed_bytes_do_not_open(text: str, data: st.DataObject) -> None:
    vault = Vault((NEW,))
    sealed = bytearray(vault.seal(text, HERE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        vault.open(bytes(sealed), HERE)


@given(TEXTS, st.data())
def test_bytes_cut_short_do_not_open(text: str, data: st.DataObject) -> None:
    vault = Vault((NEW,))
    sealed = vault.seal(text, HERE)
    with pytest.raises(Unreadable):
        vault.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], HERE)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4))
def test_the_bytes_never_hold_the_text_and_never_repeat(text: str) -> None:
    vault = Vault((NEW,))
    first, second = vault.seal(text, HERE), vault.seal(text, HERE)
    assert text.encode() not in first
    assert first != second


def test_an_error_says_how_to_mend_it_and_not_what_was_sealed() -> None:
    with pytest.raises(Unreadable, match="RESOURCE_HUB_DATA_KEY") as refusal:
        Vault((OLD,)).open(Vault((NEW,)).seal("canary", HERE), HERE)
    assert "canary" not in str(refusal.value)


class TestRotation:
    """The newest key seals; every key that is still named opens."""

    @given(TEXTS)
    def test_what_the_old_key_sealed_still_opens(self, text: str) -> None:
        assert Vault((NEW, OLD)).open(Vault((OLD,)).seal(text, HERE), HERE) == text

    def test_what_is_sealed_now_needs_the_new_key(self) -> None:
        sealed = Vault((NEW, OLD)).seal("Rosa", HERE)
        assert Vault((NEW,)).open(sealed, HERE) == "Rosa"
        with pytest.raises(Unreadable):
            Vault((OLD,)).open(sealed, HERE)

    def test_an_index_is_found_under_every_key_newest_first(self) -> None:
        both = Vault((NEW, OLD)).indexes("MRN-1", "record")
        assert both == (*Vault((NEW,)).indexes("MRN-1", "record"), *Vault((OLD,)).indexes("MRN-1", "record"))

    def test_a_mac_of_the_old_key_still_agrees_until_the_key_is_gone(self) -> None:
        mac = Vault((OLD,)).mac("row", "audit")
        assert Vault((NEW, OLD)).mac_agrees(mac, "row", "audit")
        assert not Vault((NEW,)).mac_agrees(mac, "row", "audit")


class TestIndexes:
    """Equal texts are found without being stored."""

    @given(TEXTS, TEXTS)
    def test_equal_texts_and_only_they_have_the_same_index(self, one: str, other: str) -> None:
        vault = Vault((NEW,))
        assert (vault.indexes(one, "record") == vault.indexes(other, "record")) == (one == other)

    def test_an_index_belongs_to_its_purpose_and_its_key(self) -> None:
        vault = Vault((NEW,))
        assert vault.indexes("MRN-1", "record") != vault.indexes("MRN-1", "phone")
        assert vault.indexes("MRN-1", "record") != Vault((OLD,)).indexes("MRN-1", "record")

    @given(TEXTS, TEXTS)
    def test_a_mac_agrees_with_its_own_text_only(self, one: str, other: str) -> None:
        vault = Vault((NEW,))
        assert vault.mac_agrees(vault.mac(one, "audit"), other, "audit") == (one == other)
        assert not vault.mac_agrees(vault.mac(one, "audit"), one, "request")

    def test_a_mac_that_is_none_agrees_with_nothing(self) -> None:
        assert not Vault((NEW,)).mac_agrees("", "", "audit")


class TestSetting:
    """The setting is keys in base64, separated by commas, newest first."""

    def test_keys_are_read_newest_first(self) -> None:
        new, old = new_key(), new_key()
        sealed = Vault.from_setting(old).seal("Rosa", HERE)
        assert Vault.from_setting(f"{new}, {old}").open(sealed, HERE) == "Rosa"
        assert Vault.from_setting(new).open(Vault.from_setting(f"{new},{old}").seal("Rosa", HERE), HERE) == "Rosa"

    @pytest.mark.parametrize("setting", ["", "short", "c2hvcnQ=", f"{WRITTEN},", f"{WRITTEN},c2hvcnQ=", "é" * 44])
    def test_anything_else_is_refused_without_showing_it(self, setting: str) -> None:
        with pytest.raises(ValueError, match=r"data key|ASCII") as refusal:
            Vault.from_setting(setting)
        assert not setting or setting not in str(refusal.value)

    def test_a_vault_without_keys_is_refused(self) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            Vault(())

    def test_every_new_key_is_another_one(self) -> None:
        assert len({new_key() for _ in range(20)}) == 20
