"""The benchmark of finding misspelt words."""

import sys

import numpy as np
import pytest

from resource_hub.evaluation.bench.find import report
from resource_hub.evaluation.bench.find.texts import questions, slip, texts


def test_a_slip_is_one_letter_left_out_put_in_replaced_or_swapped() -> None:
    chance = np.random.default_rng(1)
    slipped = {slip(chance, "pantry") for _ in range(200)}
    assert {len(word) for word in slipped} == {5, 6, 7}
    assert "patnry" in slipped


def test_texts_and_questions_repeat_with_their_seed() -> None:
    known = texts(200)
    assert np.array_equal(known.of, texts(200).of)
    assert questions(known, 10) == questions(known, 10)
    asked = questions(known, 50)
    assert all(len(set(one.words) - set(known.text(one.sought).split())) <= 1 for one in asked)


def test_misspelt_words_are_found_and_a_missing_peer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    found = report.run(300, 40)
    assert set(found["engines"]) == {"ours", "scan"}
    assert "tantivy" in found["missing"]["tantivy"]
    assert found["recall_at_10"]["ours"] >= 0.9
    assert set(found["ratios"]) == {"scan/ours"}
