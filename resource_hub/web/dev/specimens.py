"""A part of the templates in one of its states, made from values that stand for real ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

Values = Mapping[str, Any]

# What joins one element to another, or gives it a name among all: it has to be another one in each specimen.
_JOINS = re.compile(r'\b(id|for|name|aria-labelledby|aria-describedby)="([^"]+)"')
_LINK = re.compile(r'href="#([^"]+)"')
_REGION = re.compile(r'role="region" aria-label="([^"]+)"')
_FIRST_HEADING = re.compile(r"<(/?)h1\b")


@dataclass(frozen=True)
class Specimen:
    """A macro by its template and name, a state in words, and what the macro is given; `inside` are the tags around it.

    `rest` are arguments that are given by name.
    """

    template: str
    macro: str
    state: str
    given: Sequence[Any] = ()
    rest: Values = field(default_factory=dict)
    inside: str = ""


def drawn(specimen: Specimen, number: int) -> str:
    """Return the specimen as it stands on the page, its ids its own and its first heading a second one."""
    context: dict[str, Any] = {}
    current_app.update_template_context(context)
    module = current_app.jinja_env.get_template(specimen.template).make_module(context)
    html = str(getattr(module, specimen.macro)(*specimen.given, **specimen.rest))
    html = _JOINS.sub(lambda found: f'{found[1]}="{_own(found[2], number)}"', html)
    html = _LINK.sub(rf'href="#\1-{number}"', html)
    html = _REGION.sub(rf'role="region" aria-label="\1 {number}"', html)
    html = _FIRST_HEADING.sub(r"<\1h2", html)
    tags = specimen.inside.split()
    before = "".join(f"<{tag.replace('.', ' class=', 1)}>" for tag in tags)
    after = "".join(f"</{tag.partition('.')[0]}>" for tag in reversed(tags))
    return before + html + after


def _own(names: str, number: int) -> str:
    return " ".join(f"{name}-{number}" for name in names.split())
