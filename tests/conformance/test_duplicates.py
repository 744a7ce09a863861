"""The labelled pairs of real records are judged as well as the documentation says."""

from pathlib import Path

import pytest

from benchmarks.duplicates.labels import labelled
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.scoring import score

pytestmark = pytest.mark.shared


def test_pairs_that_nothing_was_fitted_to_are_judged_well(shared_data: Path) -> None:
    judged = [
        (score(Fields(**pair.one), Fields(**pair.other)).same, pair.same) for pair in labelled(shared_data, "held")
    ]
    right = sum(said and same for said, same in judged)
    assert right / sum(same for _said, same in judged) >= 0.95
    assert right / sum(said for said, _same in judged) >= 0.75


def test_every_real_record_is_the_same_as_itself(shared_data: Path) -> None:
    for pair in labelled(shared_data, "tune"):
        if pair.one.get("address_1", "").strip():
            assert score(Fields(**pair.one), Fields(**pair.one)).same, pair.keys
