"""Reads a file of weights into a Policy; refuses it with the name of every key that is wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from resource_hub.core.errors import Fault
from resource_hub.core.paths import bundled
from resource_hub.matching.errors import BadPolicy
from resource_hub.matching.values.columns import FACT_KINDS
from resource_hub.matching.values.policy import Decay, Policy

CURRENT = "2026-11.2"
_RISING = {
    "accept": ("no_capacity", "waitlist", "additional_assessment_required", "capacity"),
    "language": ("others_only", "unknown", "interpreted"),
    "documents": ("missing", "unknown"),
}

T = TypeVar("T")


@lru_cache(maxsize=1)
def current() -> Policy:
    """Return the weights that are in force."""
    return read(bundled("seed") / "policy" / f"{CURRENT}.toml")


def read(file: Path) -> Policy:
    """Read a file of weights; refuses one that is missing, is not TOML, or has a wrong, missing or unknown key."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPolicy(f"{file.name}: the policy file cannot be read; check the path.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPolicy(f"{file.name}: the policy file is not TOML: {error}.") from error
    return from_table(table)


def from_table(table: Mapping[str, Any]) -> Policy:
    """Make a policy from a parsed file."""
    faults: list[Fault] = []
    policy = _build(Policy, table, "", faults)
    if not faults and policy is not None:
        faults += _out_of_order(policy)
    if faults or policy is None:
        raise BadPolicy("The policy file is wrong.", faults=tuple(faults))
    return policy


def _build(kind: type[T], table: object, path: str, faults: list[Fault]) -> T | None:
    if not isinstance(table, Mapping):
        faults.append(Fault(path, "missing", f"Add the table [{path}]."))
        return None
    hints = get_type_hints(kind)
    names = [part.name for part in fields(kind)]  # type: ignore[arg-type]  # only dataclasses are built
    faults += [
        Fault(_join(path, key), "unknown", "There is no such key; remove it.") for key in table if key not in names
    ]
    values = {
        part.name: _value(hints[part.name], table.get(part.name), _join(path, part.name), part.metadata, faults)
        for part in fields(kind)  # type: ignore[arg-type]  # only dataclasses are built
    }
    return None if faults else kind(**values)


def _value(hint: Any, value: object, path: str, bounds: Mapping[str, float], faults: list[Fault]) -> Any:
    if isinstance(hint, type) and is_dataclass(hint):
        return _build(hint, value, path, faults)
    if hint is str:
        return _text(value, path, faults)
    if bounds:
        return _number(value, path, bounds, faults)
    return _freshness(value, path, faults)


def _freshness(value: object, path: str, faults: list[Fault]) -> Mapping[str, Decay | None]:
    table = value if isinstance(value, Mapping) else {}
    faults += [
        Fault(_join(path, key), "unknown", f"Use one of: {', '.join(FACT_KINDS)}.")
        for key in table
        if key not in FACT_KINDS
    ]
    return {kind: _build(Decay, table.get(kind), _join(path, kind), faults) for kind in FACT_KINDS}


def _text(value: object, path: str, faults: list[Fault]) -> str:
    if isinstance(value, str) and value.strip():
        return value
    faults.append(Fault(path, "invalid", f'Write a text: {path} = "…".'))
    return ""


def _number(value: object, path: str, bounds: Mapping[str, float], faults: list[Fault]) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and bounds["low"] <= value <= bounds["high"]:
        return float(value)
    faults.append(Fault(path, "invalid", f"Write a number from {bounds['low']:g} to {bounds['high']:g}."))
    return 0.0


def _out_of_order(policy: Policy) -> list[Fault]:
    """Return what would rank a fresher, emptier or better equal lower."""
    faults = [
        Fault(f"freshness.{kind}.unknown", "order", "Write a number that is not below the limit.")
        for kind, decay in policy.freshness.items()
        if decay.unknown < decay.limit
    ]
    if policy.accept.eligibility_doubtful > policy.accept.eligibility_unknown:
        faults.append(Fault("accept.eligibility_doubtful", "order", "Write a number not above eligibility_unknown."))
    for table, names in _RISING.items():
        values = [getattr(getattr(policy, table), name) for name in names]
        if values != sorted(values):
            faults.append(Fault(table, "order", f"Order them: {' ≤ '.join(names)}."))
    return faults


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
