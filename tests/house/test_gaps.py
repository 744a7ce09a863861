"""A page of the desk that hands a person off links that to the open gaps it serves: else an episode asks again."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT

HANDS_OFF = frozenset({"refer", "refer_together", "offer_next_best"})
LINKS = "link_handoffs"
DESK = ROOT / "resource_hub" / "web" / "desk"


def called(function: ast.AST) -> set[str]:
    """Return the last name of everything that is called inside."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in calls
        if isinstance(one, ast.Attribute | ast.Name)
    }


def forgetful(text: str) -> list[str]:
    """Return the functions that hand off and do not link what they handed off."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [one.name for one in functions if called(one) & HANDS_OFF and LINKS not in called(one)]


@pytest.mark.parametrize("file", sorted(DESK.rglob("*.py")), ids=lambda file: file.stem)
def test_what_is_handed_off_is_linked(file: Path) -> None:
    assert forgetful(file.read_text()) == []


def test_the_desk_hands_off_somewhere_and_the_check_finds_who_forgets() -> None:
    assert any(HANDS_OFF & called(ast.parse(file.read_text())) for file in DESK.rglob("*.py"))
    assert forgetful("def send():\n    service.refer(work, request)") == ["send"]
    assert forgetful("def send():\n    link_handoffs(work, person, [service.refer(work, request).id])") == []
