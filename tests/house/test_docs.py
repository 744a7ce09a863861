"""Every setting, command, option and error code is written down in `docs/`, and nothing there that does not exist."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

from resource_hub.cli import hub
from resource_hub.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "resource_hub"
SETTING = re.compile(rf"{PREFIX}[A-Z][A-Z_]*[A-Z]")
WRITTEN_BY_HAND = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
# What a setting of the tests is read by.
ALSO_READ = [
    ROOT / "tests" / "conftest.py",
    ROOT / "Makefile",
    ROOT / ".ci" / "run",
    *(ROOT / "tests").glob("*/conftest.py"),
]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def first_cells(text: str) -> set[str]:
    """Return what stands as code in the first cell of each row of the tables."""
    rows = re.findall(r"^\| (`[^|]*?) \|", text, re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)}


def section(text: str, title: str) -> str:
    """Return what stands below a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading “{title}”"
    return found[1]


@cache
def trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


class TestSettings:
    """docs/settings.md"""

    def test_every_setting_is_documented(self) -> None:
        of_class = {PREFIX + one.name.upper() for one in fields(Settings)}
        in_files = {name for path in ALSO_READ for name in SETTING.findall(path.read_text(encoding="utf-8"))}
        assert first_cells(page("settings.md")) == of_class | in_files

    def test_no_page_names_a_setting_that_does_not_exist(self) -> None:
        known = first_cells(page("settings.md"))
        for path in WRITTEN_BY_HAND:
            assert set(SETTING.findall(path.read_text(encoding="utf-8"))) <= known, path.name


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Return each command that does something, with all the words that call it."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        below = command.get_command(context, word)
        assert below is not None
        yield from commands(below, f"{name} {word}")


COMMANDS = dict(commands(hub, "resource-hub"))


def command_sections() -> dict[str, str]:
    """Return what is written below the heading of each command, by its words in small letters."""
    found = re.findall(r"^## `(resource-hub[^`]*)`\n(.*?)(?=^## |\Z)", page("commands.md"), re.MULTILINE | re.DOTALL)
    return {
        " ".join(re.findall(r"(?<!\S)[a-z][a-z-]*(?!\S)", heading)): heading + "\n" + text for heading, text in found
    }


class TestCommands:
    """docs/commands.md"""

    def test_every_command_has_its_section_and_every_section_its_command(self) -> None:
        assert set(command_sections()) == set(COMMANDS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_and_argument_of_a_command_is_documented(self, name: str) -> None:
        text = command_sections()[name]
        options = {max(one.opts, key=len) for one in COMMANDS[name].params if isinstance(one, click.Option)}
        assert {code.split()[0] for code in first_cells(text)} == options
        arguments = [one for one in COMMANDS[name].params if isinstance(one, click.Argument)]
        words = text.partition("\n")[0].split()[1:]
        assert [one.make_metavar(click.Context(COMMANDS[name])) for one in arguments] == [
            word.strip("`") for word in words if not re.fullmatch("[a-z-]+", word)
        ]

    def test_no_page_calls_a_command_that_does_not_exist(self) -> None:
        for path in WRITTEN_BY_HAND:
            for called in re.findall(r"resource-hub((?: [a-z][a-z-]+)+)", path.read_text(encoding="utf-8")):
                name = f"resource-hub{called}"
                assert any(f"{name} ".startswith(f"{one} ") or f"{one} ".startswith(f"{name} ") for one in COMMANDS), (
                    f"{path.name}: {name}"
                )


# What makes a fault, and where its code stands among the arguments.
MAKERS = {
    "Fault": 1, "Problem": 2, "Unreadable": 0, "NotPossible": 0, "bad": 1, "bad_file": 1, "report": 2, "_refusal": 2,
}  # fmt: skip


def refusal_codes() -> set[str]:
    """Return the codes of refusals: of classes, of calls that say `code="…"`, and of answers to HTTP's own errors."""
    found: set[str] = set()
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found |= {code for line in node.body for code in _assigned(line)}
            if isinstance(node, ast.Call):
                found |= {code for word in node.keywords if word.arg == "code" for code in _text(word.value)}
                if name.endswith("web/shared/errors.py") and getattr(node.func, "id", "") == "_render":
                    found |= set(_text(node.args[1]))
    return found


def fault_codes() -> set[str]:
    """Return the codes of single faults, written where the fault is made."""
    made = (node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        code
        for node in made
        for name in [getattr(node.func, "id", None) or getattr(node.func, "attr", "")]
        if name in MAKERS
        for argument in node.args[MAKERS[name] : MAKERS[name] + 1]
        for code in _text(argument)
    }


def _assigned(line: ast.stmt) -> Iterator[str]:
    if isinstance(line, ast.Assign) and any(getattr(target, "id", "") == "code" for target in line.targets):
        yield from _text(line.value)


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def every_string() -> set[str]:
    return {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


class TestErrors:
    """docs/errors.md"""

    def test_every_refusal_is_documented_and_no_other(self) -> None:
        assert first_cells(section(page("errors.md"), "Refusals")) == refusal_codes()

    def test_every_fault_is_documented_and_no_other(self) -> None:
        documented = first_cells(section(page("errors.md"), "Faults"))
        assert fault_codes() - documented == set()
        assert documented - every_string() == set()


class TestPages:
    """What the pages say about each other."""

    @pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=lambda path: str(path.relative_to(ROOT)))
    def test_every_link_leads_to_a_file(self, path: Path) -> None:
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), target

    def test_decisions_are_numbered_without_gaps_and_listed(self) -> None:
        files = sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))
        assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
        assert re.findall(r"\]\((\d{4}-[^)]+)\)", page("adr/README.md")) == files

    @pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("[0-9]*.md")), ids=lambda path: path.stem)
    def test_a_decision_says_why_and_what_else_there_was(self, path: Path) -> None:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Alternatives", "Consequences"]
