"""Mapping files: what is written is read again, and what is none says where and how to mend it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.mapping.file import document_of, mapping_of, read_mapping, write_mapping
from resource_hub.exchange.tabular.mapping.proposal import propose_all
from resource_hub.exchange.tabular.mapping.sheets import read_sheets
from resource_hub.exchange.tabular.mapping.targets import FIELDS
from resource_hub.exchange.tabular.mapping.values import Rule, SheetMapping, TableMapping

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
columns = texts.map(str.strip).map(str.lower).filter(bool)
rules = st.builds(
    Rule,
    st.sampled_from(FIELDS),
    st.lists(columns, min_size=1, max_size=3).map(tuple),
    join=texts,
    split=texts,
    yes=texts,
    part=st.sampled_from(["", "first", "last"]),
)


@given(st.lists(rules, max_size=5))
def test_a_mapping_is_the_same_after_it_was_kept(found: list[Rule]) -> None:
    named = Rule("organization.name", ("charity",))
    mapping = TableMapping((SheetMapping((named, *found), "Sites"),), "county")
    assert mapping_of(document_of(mapping), "test") == mapping


def test_a_proposal_is_written_as_a_mapping_with_what_was_left_out(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text('Charity,Kontakt,"Zone ""7"""\nA,info@a.example,x\n')
    proposals = propose_all(read_sheets(table))
    file = tmp_path / "mapping.toml"
    file.write_text(write_mapping(proposals))
    assert read_mapping(file) == proposals.mapping
    assert '"zone \\"7\\""' in file.read_text()
    assert "80% sure" in file.read_text()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not toml", "not TOML"),
        ("a = " + "[" * 5000, "not TOML"),
        ("source = 1\n[[sheet]]", "short name"),
        ("[sheet]\n", "no \\[\\[sheet\\]\\]"),
        ("[[sheet]]\n", "between 1 and"),
        ('[[sheet]]\n[[sheet.field]]\nto = "service.shoe"\nfrom = "x"', "names no field"),
        ('[[sheet]]\n[[sheet.field]]\nto = "service.name"\nfrom = "x"', "No column is mapped to organization.name"),
        ('[[sheet]]\n[[sheet.field]]\nto = "organization.name"', "either a column"),
        ('[[sheet]]\n[[sheet.field]]\nto = "organization.name"\nfrom = 5', "name of a column"),
        ('[[sheet]]\n[[sheet.field]]\nto = "organization.name"\nfrom = "x"\nshoe = 1', "`shoe` is not known"),
        ('[[sheet]]\n[[sheet.field]]\nto = "organization.name"\nfrom = "x"\npart = "middle"', "first or last"),
        ('[[sheet]]\n[[sheet.field]]\nto = "organization.name"\nfrom = "x"\njoin = 1', "texts"),
    ],
)
def test_what_is_no_mapping_says_how_to_mend_it(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(text)
    with pytest.raises(BadFile, match=says):
        read_mapping(file)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    for name in ("list.xls", "list.pdf"):
        (tmp_path / name).write_bytes(b"\xd0\xcf")
        with pytest.raises(BadFile, match="Save it as"):
            read_sheets(tmp_path / name)


def test_the_head_of_a_long_table_is_whole_rows(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("name,text\n" + "".join(f'A{number},"one\nline, {"x" * 500}"\n' for number in range(6000)))
    (table,) = read_sheets(file, 200).values()
    rows = list(table.rows)
    assert len(rows) == 200
    assert rows[199].get("name") == "A199"
