"""Every import contract holds, and each breaks on the fault it is there for."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "resource_hub"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
NO_DOMAIN = {"evaluation", "cli", "core", "exchange", "web"}

FAULTS = [
    pytest.param("stack", "core/planted.py", "import resource_hub.handoff.models", id="an import upwards"),
    pytest.param("stack", "planted/__init__.py", '"""Stands nowhere."""', id="a package that stands nowhere"),
    pytest.param("pages", "web/portal/planted.py", "import resource_hub.web.desk", id="a page that knows another's"),
    pytest.param("pages", "web/planted/__init__.py", '"""Stands nowhere."""', id="a folder of pages for nobody"),
    pytest.param("rooms", "people/models.py", "import resource_hub.people.service", id="records that know their use"),
    pytest.param("rooms", "people/planted.py", '"""Stands nowhere."""', id="a room that stands nowhere"),
    pytest.param("pure", "people/values.py", "import sqlalchemy", id="values that ask a database"),
    pytest.param("pure", "accounts/rules.py", "import requests", id="rules that go out"),
    pytest.param("flask", "people/service.py", "import flask", id="a domain that knows Flask"),
    pytest.param("flask", "core/planted.py", "import werkzeug", id="the core that knows Werkzeug"),
    pytest.param("learning", "app.py", "import sklearn", id="scikit-learn in the app"),
    pytest.param("learning", "core/ids.py", "import sklearn.linear_model", id="scikit-learn far below the app"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code that may be spoilt."""
    shutil.copytree(PACKAGE, tmp_path / "resource_hub", ignore=shutil.ignore_patterns("__pycache__", "static", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    # The script's own folder is not on the path, so the copy must be named before the installed package.
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(tree), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    kept = set(re.findall(r"^(.+) KEPT", done.stdout, re.MULTILINE))
    broken = set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))
    assert kept | broken == set(NAMES.values()), done.stdout + done.stderr
    assert done.returncode == bool(broken)
    return broken


def test_the_code_keeps_every_contract(tree: Path) -> None:
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(("contract", "file", "line"), FAULTS)
def test_a_contract_breaks_on_its_fault(tree: Path, contract: str, file: str, line: str) -> None:
    path = tree / "resource_hub" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as source:
        source.write(f"\n{line}\n")
    assert broken_contracts(tree) == {NAMES[contract]}


def test_every_contract_has_a_fault() -> None:
    assert {fault.values[0] for fault in FAULTS} == set(NAMES)


def test_every_domain_has_its_rooms_watched() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rooms = next(contract for contract in CONTRACTS if contract["id"] == "rooms")
    names = {name.removeprefix("resource_hub.") for name in rooms["containers"]}
    # A part of a domain may have rooms of its own.
    assert {name for name in names if "." not in name} == folders - NO_DOMAIN
    assert {name.partition(".")[0] for name in names} <= folders
