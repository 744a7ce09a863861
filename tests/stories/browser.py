"""A browser without script: opens addresses, follows links by their words, fills in forms as their pages have them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web.conftest import Page, page

_INPUTS = {"input", "select", "textarea", "button", "option"}


@dataclass
class Form:
    """A form as it stands on the page: where it goes, what is filled in, which buttons send it."""

    action: str
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    names: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._inside: Form | None = None
        self._text = ""
        self._opened: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = Form(found.get("action") or self.path)
            self.forms.append(self._inside)
        elif tag == "a":
            self._text, self._opened = "", found
        elif self._inside and tag in _INPUTS:
            self._input(self._inside, tag, found)

    def _input(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name, kind = found.get("name", self._select), found.get("type", "text")
        form.names.add(name)
        if tag in {"button", "textarea"}:
            self._text, self._opened = "", found
        elif tag == "select":
            self._select = name
        elif tag == "option":
            if "selected" in found or name not in form.fields:
                form.fields[name] = found["value"]
        elif kind not in {"checkbox", "radio"} or "checked" in found:
            form.fields.add(name, found.get("value", "on"))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        words = " ".join(self._text.split())
        if tag == "a":
            self.links.setdefault(words, self._opened.get("href", ""))
        elif tag == "button" and self._inside:
            self._inside.buttons[words] = (self._opened.get("name", ""), self._opened.get("value", ""))
        elif tag == "textarea" and self._inside:
            self._inside.fields[self._opened["name"]] = self._text
        elif tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = ""


class Browser:
    """One user's browser; it remembers every address that it asked for, was sent to, or that stood on a page.

    What dials, writes a mail or a text is no address of ours.
    """

    def __init__(self, app: Flask, language: str = "en") -> None:
        self._client = app.test_client()
        self._headers = {"Accept-Language": language}
        self.visited: list[str] = []
        self.offered: list[str] = []
        self.path = "/"
        self.page = Page(0, "")

    def open(self, path: str) -> Page:
        """Open an address and follow where it leads."""
        self.visited.append(path)
        return self._arrive(path, self._client.get(path, headers=self._headers))

    def follow(self, words: str) -> Page:
        """Follow the first link with these words."""
        links = self._read().links
        assert words in links, f"no link {words!r}: {sorted(links)}"
        return self.open(links[words])

    def press(self, button: str, fields: Mapping[str, str | Sequence[str]] | None = None, near: str = "") -> Page:
        """Press a button after filling in its form. `near` is a value that the right one of several forms has."""
        form = next(
            (
                form
                for form in self._read().forms
                if button in form.buttons and (not near or near in form.fields.values())
            ),
            None,
        )
        assert form, f"no button {button!r} on {self.path}: {self.page.text[:2000]}"
        filled = MultiDict(form.fields)
        for name, value in (fields or {}).items():
            assert name in form.names, f"no field {name!r}: {sorted(form.names)}"
            filled.setlist(name, [value] if isinstance(value, str) else list(value))
        name, value = form.buttons[button]
        if name:
            filled[name] = value
        self.visited.append(form.action)
        return self._arrive(form.action, self._client.post(form.action, data=filled, headers=self._headers))

    def _arrive(self, path: str, answer: object) -> Page:
        location = getattr(answer, "location", None)
        if location:
            return self.open(location)
        self.path, self.page = path, page(answer)  # type: ignore[arg-type]  # the client's own answer
        self.offered += re.findall(r'(?:href|src|action)="(?!tel:|mailto:|sms:)([^"]*)"', self.page.html)
        return self.page

    def _read(self) -> _Reader:
        reader = _Reader(self.path)
        reader.feed(self.page.html)
        return reader
