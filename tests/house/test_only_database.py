"""On PostgreSQL only the tests are left out that would ask no database there."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.plugins.only_database import MAKERS

ROOT = Path(__file__).parents[2]
SERVER = "RESOURCE_HUB_TEST_DATABASE_URL"
TESTS = """
import pytest

@pytest.fixture
def template(): return 1

@pytest.fixture
def through_another(template): return template

def test_directly(template): pass
def test_through_another(through_another): pass
@pytest.mark.postgres
def test_marked(): pass
def test_a_rule(): pass
"""


def test_what_asks_a_database_stays(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(TESTS)
    options = ["-q", "-p", "tests.plugins.only_database", "-p", "no:randomly", "-W", "ignore", "-c", os.devnull]
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(tmp_path), "--collect-only", str(tmp_path)]

    env = {**os.environ, "PYTEST_ADDOPTS": ""}
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout

    shown = [line.split("::")[1] for line in told.splitlines() if "::" in line]
    assert shown == ["test_directly", "test_through_another", "test_marked"]


def test_every_fixture_that_makes_a_database_on_the_server_is_known() -> None:
    """A fixture makes one when it, or what it calls, reads the address of the server."""
    found = set()
    for path in (ROOT / "tests").rglob("conftest.py"):
        functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        reading = {one.name for one in functions if any(_reads(node) for node in ast.walk(one))}
        makers = reading | {one.name for one in functions if _names(one) & reading}
        found |= {one.name for one in functions if one.name in makers and any(map(_is_fixture, one.decorator_list))}
    assert found == MAKERS


def test_the_address_of_the_server_is_read_by_fixtures_only() -> None:
    others = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if path.name != "conftest.py" and path != Path(__file__) and SERVER in path.read_text("utf-8")
    ]
    assert others == []


def _reads(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == SERVER


def _names(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def _is_fixture(decorator: ast.expr) -> bool:
    return "pytest.fixture" in ast.unparse(decorator)
