"""A file of weights is read whole or refused with the name of each key that is wrong."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resource_hub.core.paths import bundled
from resource_hub.matching import policy
from resource_hub.matching.errors import BadPolicy

FILE = bundled("seed") / "policy" / f"{policy.CURRENT}.toml"


def table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def faults(change: Callable[[dict[str, Any]], object]) -> dict[str, str]:
    changed = table()
    change(changed)
    with pytest.raises(BadPolicy) as refused:
        policy.from_table(changed)
    return {fault.field: fault.text for fault in refused.value.faults}


def test_the_policy_in_force_is_whole_and_says_its_version() -> None:
    assert policy.current().version == policy.CURRENT == FILE.stem


def test_every_number_of_the_policy_in_force_has_a_comment_near_it() -> None:
    blocks = FILE.read_text(encoding="utf-8").split("\n\n")
    bare = [block.splitlines()[0] for block in blocks if "#" not in block]

    assert [name for name in bare if not name.startswith(("version", "[freshness."))] == []


@pytest.mark.parametrize(
    ("change", "key", "how"),
    [
        (lambda t: t["travel"]["walk"].pop("detour"), "travel.walk.detour", "number from 1 to 5"),
        (lambda t: t["travel"].update(walk=3), "travel.walk", "Add the table [travel.walk]"),
        (lambda t: t["accept"].update(prior=1.5), "accept.prior", "number from 1e-06 to 1"),
        (lambda t: t["accept"].update(prior=True), "accept.prior", "number"),
        (lambda t: t["fit"].update(partial=float("nan")), "fit.partial", "number from 0 to 0.99"),
        (lambda t: t["fit"].update(size=1), "fit.size", "remove it"),
        (lambda t: t.update(version=3), "version", "Write a text"),
        (lambda t: t["freshness"].update(fees={}), "freshness.fees", "Use one of: listing, hours"),
        (lambda t: t["freshness"].pop("phone"), "freshness.phone", "Add the table"),
        (lambda t: t.pop("freshness"), "freshness.listing", "Add the table"),
        (lambda t: t["freshness"]["hours"].update(unknown=0.1), "freshness.hours.unknown", "not below the limit"),
        (lambda t: t["accept"].update(eligibility_doubtful=0.9), "accept.eligibility_doubtful", "not above"),
        (lambda t: t["accept"].update(waitlist=0.9), "accept", "no_capacity ≤ waitlist"),
        (lambda t: t["language"].update(others_only=0.8), "language", "others_only ≤ unknown ≤ interpreted"),
        (lambda t: t["documents"].update(missing=0.95), "documents", "missing ≤ unknown"),
        (lambda t: t["reports"].update(closed=0), "reports.closed", "number from 1e-06 to 1"),
        (lambda t: t["reports"].pop("changed"), "reports.changed", "number"),
        (lambda t: t["ask"].update(every_days=0), "ask.every_days", "number from 0.001"),
        (lambda t: t.pop("acceptance"), "acceptance", "Add the table [acceptance]"),
        (lambda t: t["acceptance"].update(strength=0), "acceptance.strength", "number from 0.001"),
        (lambda t: t.pop("outcomes"), "outcomes", "Add the table [outcomes]"),
        (lambda t: t["outcomes"].update(prior=0), "outcomes.prior", "number from 1e-06 to 1"),
        (lambda t: t["outcomes"].update(weight=2), "outcomes.weight", "number from 0 to 1"),
        (lambda t: t["acceptance"].pop("half_life_days"), "acceptance.half_life_days", "number from 0.001"),
    ],
)
def test_a_wrong_key_is_named_with_how_to_mend_it(
    change: Callable[[dict[str, Any]], object], key: str, how: str
) -> None:
    assert how in faults(change)[key]


def test_all_faults_are_told_at_once() -> None:
    def spoil(changed: dict[str, Any]) -> None:
        changed["accept"]["prior"] = 0
        changed["timeliness"]["limit"] = "low"

    assert set(faults(spoil)) == {"accept.prior", "timeliness.limit"}


def test_a_file_that_is_missing_or_not_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("version = ")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")

    for name in ("missing.toml", "broken.toml", "binary.toml"):
        with pytest.raises(BadPolicy, match=name):
            policy.read(tmp_path / name)
