"""Small things stay readable: no file over 300 lines, no function over 50, and most far below."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.house.tree import functions, line_count, python_files, relative, text_files

FILE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_FILE_LINES = 90
MEDIAN_FUNCTION_LINES = 9
SUPPRESSIONS_PER_1000_LINES = 2
WRITTEN_BY_HAND = {".py", ".html", ".scss", ".js", ".mjs", ".md"}
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")
WITH_REASON = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+?|type: ignore\[[a-z, -]+\])(?:  | - |\s+#\s*)\w+,? \w+")
# A migration is one list of what it makes; it is read once and never changed.
LISTS = "migrations/versions"


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function, from its `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def suppressions(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if SUPPRESSION.search(line)]


def test_no_file_is_too_long() -> None:
    files = [path for path in text_files() if path.suffix in WRITTEN_BY_HAND and LISTS not in path.as_posix()]
    assert [f"{relative(path)}: {line_count(path)}" for path in files if line_count(path) > FILE_LINES] == []


def test_no_function_is_too_long() -> None:
    files = [path for path in python_files() if LISTS not in path.as_posix()]
    too_long = [
        f"{relative(path)}: {function.name}: {length(function)}"
        for path in files
        for function in functions(path)
        if length(function) > FUNCTION_LINES
    ]
    assert too_long == []


def test_most_files_are_short() -> None:
    counts = [line_count(path) for path in python_files("resource_hub") if path.name != "__init__.py"]
    assert median(counts) <= MEDIAN_FILE_LINES


def test_most_functions_are_short() -> None:
    counts = [length(function) for path in python_files("resource_hub") for function in functions(path)]
    assert median(counts) <= MEDIAN_FUNCTION_LINES


def test_suppressions_are_few() -> None:
    files = [path for path in python_files() if path != Path(__file__)]
    count = sum(len(suppressions(path)) for path in files)
    assert count * 1000 <= SUPPRESSIONS_PER_1000_LINES * sum(line_count(path) for path in files)


@pytest.mark.parametrize(
    ("line", "reasoned"),
    [
        ("x = y  # noqa: S310  an http address made above", True),
        ("x = y  # type: ignore[arg-type]  # the stub forgets None", True),
        ("x = y  # noqa: S310 - an http address made above", True),
        ("x = y  # noqa: S310", False),
        ("x = y  # noqa", False),
        ("x = y  # type: ignore[arg-type]", False),
    ],
)
def test_a_reason_is_told_from_none(line: str, reasoned: bool) -> None:  # noqa: FBT001  pytest passes it by name
    assert bool(SUPPRESSION.search(line))
    assert bool(WITH_REASON.search(line)) is reasoned


def test_every_suppression_says_why() -> None:
    files = [path for path in python_files() if path != Path(__file__)]
    silent = [f"{relative(path)}: {line.strip()}" for path in files for line in suppressions(path)]
    assert [line for line in silent if not WITH_REASON.search(line)] == []
