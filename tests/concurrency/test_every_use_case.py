"""No page and no command does anything that the tests of acts do not know."""

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import getsource, signature
from types import FunctionType, ModuleType

import pytest

from resource_hub import cli, web
from resource_hub.accounts.work import Work
from tests.concurrency import flows, flows_of_stewards

EDGES = (web, cli)
DOMAINS = tuple(
    f"resource_hub.{name}."
    for name in ("accounts", "capacity", "exchange", "handoff", "inventory", "matching", "people", "screening")
)
READING = ".queries"


def named(name: str) -> object:
    """Return the function that an act does."""
    path, _dot, function = name.partition(" ")[0].rpartition(".")
    return getattr(import_module(f"resource_hub.{path}"), function)


ACTS = {named(name) for name in flows.ACTS | flows_of_stewards.ACTS}
NO_ACTS = {named(name) for name in flows.NO_ACTS | flows_of_stewards.NO_ACTS}


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield every module inside a package."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


def named_in(module: ModuleType) -> Iterator[object]:
    """Yield what a module's code names: by itself, or as part of a module that it imports."""
    for node in ast.walk(ast.parse(getsource(module))):
        if isinstance(node, ast.Name):
            yield getattr(module, node.id, None)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = getattr(module, node.value.id, None)
            if isinstance(whole, ModuleType):
                yield getattr(whole, node.attr, None)


def is_use_case(found: object) -> bool:
    """Tell whether something is a function of a domain that works on its own: `Work` comes first, and it may write."""
    if not isinstance(found, FunctionType) or not found.__module__.startswith(DOMAINS):
        return False
    first = next(iter(signature(found).parameters.values()), None)
    return first is not None and first.annotation in {Work, "Work"} and READING not in found.__module__


def use_cases() -> set[FunctionType]:
    """Return every use case that a page or a command does."""
    all_named = (found for edge in EDGES for module in modules(edge) for found in named_in(module))
    return {found for found in all_named if isinstance(found, FunctionType) and is_use_case(found)}


def titles(found: set[FunctionType]) -> list[str]:
    return sorted(f"{one.__module__}.{one.__name__}" for one in found)


def test_whatever_the_edges_do_is_an_act_or_says_why_not() -> None:
    """Add a new one to the acts of `flows` or `flows_of_stewards`, or to their `NO_ACTS` with the reason."""
    assert titles({one for one in use_cases() if one not in ACTS | NO_ACTS}) == []


def test_nothing_is_both() -> None:
    assert not ACTS & NO_ACTS


@pytest.mark.parametrize(
    "name", ["handoff.service.refer", "inventory.service.merging.merge", "accounts.service.sign_in"]
)
def test_the_use_cases_are_found(name: str) -> None:
    assert named(name) in use_cases()
