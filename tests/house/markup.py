"""Templates as the house tests look at them: as Jinja's tree, and as the markup between its marks."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from resource_hub.core.paths import bundled
from tests.house.routes import an_app

FOLDER = bundled("templates")
PAGES = Path(__file__).parents[2] / "resource_hub" / "web"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
HTML = [name for name in NAMES if name.endswith(".html")]
APP = an_app()
ENVIRONMENT: Environment = APP.jinja_env
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use"}


def source(name: str) -> str:
    """Return the text of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> nodes.Template:
    """Return a template as Jinja reads it."""
    return ENVIRONMENT.parse(source(name), name)


@cache
def targets(name: str) -> tuple[str, ...]:
    """Return the templates that one extends, includes or imports from."""
    named = [
        getattr(node, "template", None)
        for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        for node in tree(name).find_all(kind)
    ]
    found = [one for node in named for one in _choices(node)]
    assert all(isinstance(target, nodes.Const) for target in found), f"{name}: name the template in place"
    return tuple(str(target.value) for target in found if isinstance(target, nodes.Const))


def _choices(node: object) -> list[object]:
    # A page that several kinds of user see builds on one of several bases.
    return [*_choices(node.expr1), *_choices(node.expr2)] if isinstance(node, nodes.CondExpr) else [node]


@cache
def context_names() -> set[str]:
    """Return the names that every rendered template has, and those that every template has."""
    with APP.test_request_context("/"):
        context: dict[str, object] = {}
        APP.update_template_context(context)
    return set(context) | set(ENVIRONMENT.globals)


@dataclass(frozen=True)
class Render:
    """One call of `render_template`: where it stands, the template, and the names it passes."""

    place: str
    template: str
    names: frozenset[str]


def renders() -> Iterator[Render]:
    """Find every call of `render_template` in the pages."""
    for path in sorted(PAGES.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "render_template":
                place = f"{path.relative_to(PAGES)}:{call.lineno}"
                template = call.args[0]
                assert isinstance(template, ast.Constant), f"{place}: name the template in place"
                names = [word.arg for word in call.keywords]
                assert None not in names, f"{place}: name every argument"
                yield Render(place, str(template.value), frozenset(str(one) for one in names))


@dataclass
class Element:
    """One tag of a template: its attributes, the tags around it, and the words right inside it."""

    tag: str
    line: int
    attributes: dict[str, str]
    around: tuple["Element", ...]
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", 0, {}, ())
        self.found: list[Element] = [self.root]
        self.open: list[Element] = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        element = Element(tag, self.getpos()[0], named, tuple(self.open))
        self.found.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        # A tag that a condition opens twice is closed once.
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].words.append(data)


@cache
def elements(name: str) -> list[Element]:
    """Return the tags of a template; what Jinja fills in stands as `⟦its expression⟧`."""
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)
    # What stands in a block named …_class is an attribute's value, and no text.
    text = re.sub(r"\{% block \w+_class %\}.*?\{% endblock %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", lambda mark: "\n" * mark[0].count("\n"), text, flags=re.DOTALL)
    text = re.sub(r"\{\{-?\s*(.*?)\s*-?\}\}", lambda mark: f"⟦{_plain(mark[1])}⟧", text, flags=re.DOTALL)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def _plain(expression: str) -> str:
    return re.sub(r"[\"'<>&=]", "", expression)
