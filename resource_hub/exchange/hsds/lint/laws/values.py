"""Requests and answers, whoever carries them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """A request below the base address; `path` is like /services."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"


@dataclass(frozen=True)
class Answer:
    """An answer; the names of its headers are in lower case. Status 0 is no answer at all, for the stated reason."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    reason: str = ""

    def json(self) -> object:
        """Return the body as JSON; None where it is not."""
        try:
            found: object = json.loads(self.body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None
        return found


Fetch = Callable[[Request], Answer]


@dataclass(frozen=True)
class Page:
    """A page of a list: the ids on it in order, how many there are in all, and whether it is the last."""

    document: Mapping[str, object]
    ids: tuple[str, ...]
    total: int | None
    last: bool


@dataclass(frozen=True)
class Found:
    """What pages of a list held: the ids in order, how many there should be, and whether that is all of it."""

    ids: tuple[str, ...]
    total: int | None
    complete: bool

    @property
    def number(self) -> int | None:
        """How many there are, as far as the API says or as all pages show."""
        return self.total if self.total is not None else (len(set(self.ids)) if self.complete else None)

    def within(self, other: "Found") -> bool:
        """Tell whether this may be a part of another one, as far as both are known."""
        if other.complete:
            return set(self.ids) <= set(other.ids)
        return None in (self.number, other.number) or (self.number or 0) <= (other.number or 0)
