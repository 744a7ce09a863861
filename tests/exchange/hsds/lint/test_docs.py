"""`docs/lint.md` explains every rule, as grave as it is, and no other."""

import ast
import re
from pathlib import Path

from resource_hub.exchange.hsds.lint.rules import RULES

ROOT = Path(__file__).parents[4]
LINT = ROOT / "resource_hub" / "exchange" / "hsds" / "lint"


def test_every_rule_is_explained_with_its_severity_and_no_other() -> None:
    page = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| (error|warning|hint) \|", page, re.MULTILINE)
    assert dict(rows) == {code: severity.value for code, severity in RULES.items()}
    assert len(rows) == len(RULES)


def test_every_remark_has_a_rule_and_every_rule_is_used() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in LINT.rglob("*.py") if path.name != "rules.py"]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    made = {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remark"
        if isinstance(node.args[0], ast.Constant)
    }
    assert made <= set(RULES)
    assert {code for code in RULES if not code.startswith("same_")} <= words
