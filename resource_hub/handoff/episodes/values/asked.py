"""What is asked of the use cases of an episode."""

from dataclasses import dataclass, field
from datetime import date, datetime

from resource_hub.handoff.episodes.values.words import ContactKind, ContactResult, Destination, GapSource, Mode


@dataclass(frozen=True)
class NewEpisode:
    """An episode to open; `place` says where to, in words."""

    planned_on: date
    destination: Destination = Destination.HOME
    place: str = field(default="", repr=False)


@dataclass(frozen=True)
class NewContact:
    """A contact to log; without `at` it was now."""

    kind: ContactKind
    mode: Mode
    result: ContactResult
    note: str = field(default="", repr=False)
    at: datetime | None = None


@dataclass(frozen=True)
class NewGap:
    """A gap to open: what is missing, and what closes it. `code` is a need, a domain of the assessment, or other."""

    source: GapSource
    code: str = field(repr=False)
    what: str = field(default="", repr=False)
    closes: str = field(default="", repr=False)
