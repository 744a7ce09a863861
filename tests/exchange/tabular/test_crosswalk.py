import csv
import re
from pathlib import Path

import pytest

from resource_hub.core.codes import NEEDS
from resource_hub.core.paths import bundled
from resource_hub.exchange.tabular.crosswalk import FILE, open_eligibility


def rows() -> list[dict[str, str]]:
    with (bundled("seed") / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_a_term_with_a_need_and_weight_or_with_neither() -> None:
    assert len({(row["term"], row["need"]) for row in rows()}) == len(rows())
    for row in rows():
        assert row["term"].strip() == row["term"] != ""
        if row["need"]:
            assert row["need"] in NEEDS
            assert 0.5 <= float(row["weight"]) <= 1
        else:
            assert row["weight"] == ""


def test_a_term_answers_each_need_once_and_none_only_alone() -> None:
    answered: dict[str, list[str]] = {}
    for row in rows():
        answered.setdefault(row["term"], []).append(row["need"])
    assert all("" not in needs or needs == [""] for needs in answered.values())


def test_every_need_is_answered_by_a_term_that_is_for_it_or_nearly() -> None:
    best: dict[str, float] = {}
    for needs in open_eligibility().needs.values():
        for need, weight in needs.items():
            best[need] = max(weight, best.get(need, 0))
    assert {need for need in NEEDS if best.get(need, 0) >= 0.6} == set(NEEDS)


def test_what_everybody_would_expect() -> None:
    needs = open_eligibility().needs
    assert needs["food pantry"] == {"food-insecurity": 1.0}
    assert needs["emergency shelter"] == {"homelessness": 1.0}
    assert needs["help pay for utilities"]["utility-insecurity"] == 1.0
    assert needs["help escape violence"] == {"intimate-partner-violence": 1.0}
    assert needs["dental care"] == {}


@pytest.mark.shared
def test_every_term_of_the_taxonomy_was_reviewed(shared_data: Path) -> None:
    terms = set()
    for name in (
        "baltimore_ohana_csv/categories.csv",
        "san_mateo_ohana_csv/categories.csv",
        "open_eligibility/taxonomy_ohana.csv",
    ):
        with (shared_data / name).open(encoding="utf-8-sig", newline="") as file:
            terms |= {row["name"] for row in csv.DictReader(file)}
    xml = (shared_data / "open_eligibility/taxonomy_auntbertha.xml").read_text(encoding="utf-8")
    terms |= set(re.findall(r'_level id="\d+" title="([^"]+)"', xml.replace("&amp;", "&")))
    missing = {" ".join(term.split()) for term in terms} - {row["term"] for row in rows()}
    assert len(terms) > 400
    assert missing == set()
