"""What we build on: declared where it is imported, locked with checksums, and fetched from no written address."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT, python_files, relative

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]
LOCKS = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": RUNTIME + GROUPS["dev"],
    "requirements-node.lock": GROUPS["node"],
    "requirements-postgres.lock": GROUPS["postgres"],
}
OURS = {"benchmarks", "resource_hub", "tests", "migrations"}
PINNED = re.compile(r"([a-z0-9-]+)==[^\s;]+(?: ; .+?)?(?: \\)?")
CHECKSUM = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")
NPM: dict[str, Any] = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
NPM_LOCK: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def plain(requirement: str) -> str:
    """Return a distribution's name as the lock files write it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def locked(name: str) -> dict[str, int]:
    """Return each distribution in a lock file with the number of its checksums; any other kind of line fails."""
    checksums: dict[str, int] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        pinned = PINNED.fullmatch(line)
        if pinned:
            checksums[pinned.group(1)] = 0
        elif CHECKSUM.fullmatch(line):
            checksums[list(checksums)[-1]] += 1
        else:
            assert line.lstrip().startswith("#"), f"{name}: {line}"
    return checksums


def imported(path: Path) -> set[str]:
    """Return the top-level modules a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - OURS


def undeclared(files: list[Path], requirements: list[str]) -> list[str]:
    declared = {plain(requirement) for requirement in requirements}
    owners = packages_distributions()
    return sorted(
        f"{relative(path)}: {module}"
        for path in files
        for module in imported(path)
        if not declared & {plain(name) for name in owners.get(module, [])}
    )


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_every_dependency_with_checksums(name: str) -> None:
    checksums = locked(name)
    assert {plain(requirement) for requirement in LOCKS[name]} <= checksums.keys()
    assert [distribution for distribution, count in checksums.items() if not count] == []


def test_the_locks_agree_on_versions() -> None:
    runtime, dev = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")
    )
    pins = re.findall(r"^\S+==[^\s;]+", runtime, re.MULTILINE)
    assert [pin for pin in pins if not re.search(rf"^{re.escape(pin)}(?=\s)", dev, re.MULTILINE)] == []


def test_the_code_imports_only_what_it_declares() -> None:
    assert undeclared(python_files("resource_hub", "migrations"), RUNTIME) == []


def test_the_tests_import_only_what_is_declared() -> None:
    assert undeclared(python_files("tests"), RUNTIME + GROUPS["dev"]) == []


def test_front_end_packages_are_exact() -> None:
    wanted = NPM["dependencies"] | NPM["devDependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert {name: NPM_LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_front_end_lock_has_checksums_and_no_addresses() -> None:
    packages = {name: package for name, package in NPM_LOCK["packages"].items() if name}
    assert [name for name, package in packages.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
