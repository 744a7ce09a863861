"""The checkout as the house tests see it: its own text files, without what is installed, built or cached."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("resource_hub", "migrations", "tests", "tools", "benchmarks")
NOT_OURS = {"node_modules", "instance", "dist", "build", "data", "__pycache__"}
TEXT = {".py", ".html", ".md", ".toml", ".scss", ".js", ".mjs", ".json", ".csv", ".txt", ".po", ".mako", ""}
LOCKS = {"package-lock.json"}


def text_files(*tops: str) -> Iterator[Path]:
    """Yield the text files under the given folders and files, or under the whole checkout."""
    for top in [ROOT / name for name in tops] or sorted(ROOT.iterdir()):
        if top.is_file():
            found = [top]
        elif top.name in NOT_OURS or (top.name.startswith(".") and top.name != ".ci"):
            continue
        else:
            found = sorted(path for path in top.rglob("*") if path.is_file() and not NOT_OURS & set(path.parts))
        yield from (path for path in found if path.suffix in TEXT and path.name not in LOCKS)


def python_files(*tops: str) -> list[Path]:
    """Return the Python files under the given folders, or of all the code."""
    return [path for path in text_files(*(tops or CODE)) if path.suffix == ".py"]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a file, those inside others too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def line_count(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def relative(path: Path) -> str:
    """Return a path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()
