"""A page as somebody finds it: where its links lead, and its forms with what can be filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True)
class Field:
    """Something to fill in: its name, its type, what stands there, and what can be chosen from."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass
class Form:
    """A form: where it goes and how, its fields, and the name, value and own address of each of its buttons."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads a page that was found at a path."""

    def __init__(self, path: str, page: str) -> None:
        """Read it at once."""
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._path, self._inside = path, False
        self._select: str | None = None
        self._options: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form, or what is in one."""
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("href", "").startswith("/"):
            self.links.append(found["href"].partition("#")[0])
        elif tag == "form":
            self._inside = True
            self.forms.append(Form(found.get("action") or self._path, found.get("method", "get").lower()))
        elif self._inside:
            self._in_form(self.forms[-1], tag, found)

    def _in_form(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name = found.get("name", "")
        if tag == "button":
            form.buttons.append((name, found.get("value", ""), found.get("formaction", "")))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append(found.get("value", ""))
        elif tag == "textarea" or (tag == "input" and name):
            form.fields.append(Field(name, found.get("type", "text"), found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """Note that a form, or a list to choose from, is over."""
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._inside and self._select:
            self.forms[-1].fields.append(Field(self._select, "select", options=tuple(self._options)))
            self._select = None
