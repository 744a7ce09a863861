"""The person's line of life: what happened, as places of a picture and as rows of the table beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext

from resource_hub.accounts.work import Work
from resource_hub.handoff import queries as handoffs
from resource_hub.handoff.episodes import queries as episodes
from resource_hub.handoff.episodes.values.shown import EpisodeView
from resource_hub.handoff.values.shown import PersonHandoff
from resource_hub.handoff.values.words import OPEN
from resource_hub.screening import queries as screening
from resource_hub.web.shared.words import words

# The picture is so many units wide.
WIDTH = 400
SHORTEST = timedelta(days=1)

LANES = ("episode", "stay", "contact", "screening", "handoff")


@dataclass(frozen=True)
class Happening:
    """Something that happened: at once, or from `at` until `until`; `lasts` where it has not ended."""

    kind: str
    at: datetime
    text: str = field(repr=False)
    until: datetime | None = None
    lasts: bool = False
    address: str = ""


@dataclass(frozen=True)
class Mark:
    """A place in the picture, in its units; without a width it is a dot."""

    lane: int
    x: float
    width: float
    lasts: bool


@dataclass(frozen=True)
class Life:
    """The picture, and its rows, newest first."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    began_at: datetime | None
    rows: tuple[Happening, ...]


def life_of(work: Work, person_id: str, zone: str) -> Life:
    """Return everything that happened to a person here."""
    found = [
        *_handoffs(handoffs.of_person(work, person_id)),
        *(
            Happening(
                "screening",
                one.screened_at,
                gettext("Screened"),
                address=url_for("screened.show", person_id=person_id, screening_id=one.id),
            )
            for one in screening.screenings_of(work, person_id)
        ),
        *(one for view in _views(work, person_id) for one in _episode(view, zone)),
    ]
    return drawn(found, work.now)


def drawn(found: Sequence[Happening], now: datetime) -> Life:
    """Place what happened between the first of it and now. Only kinds that there are have a lane."""
    lanes = tuple(kind for kind in LANES if any(one.kind == kind for one in found))
    rows = tuple(sorted(found, key=lambda one: one.at, reverse=True))
    if not found:
        return Life((), (), None, ())
    began = min(one.at for one in found)
    whole = max(now - began, SHORTEST)

    def place(at: datetime) -> float:
        return round(WIDTH * min(max((at - began) / whole, 0.0), 1.0), 1)

    def mark(one: Happening) -> Mark:
        end = now if one.lasts else one.until
        return Mark(lanes.index(one.kind), place(one.at), place(end) - place(one.at) if end else 0.0, one.lasts)

    return Life(lanes, tuple(map(mark, rows)), began, rows)


def _handoffs(sent: Iterable[PersonHandoff]) -> Iterator[Happening]:
    for one in sent:
        address = url_for("handoffs.show", referral_id=one.referral_id)
        text = f"{words(one.status, 'status')}: {one.service}"
        yield Happening("handoff", one.requested_at, text, one.since, one.status in OPEN, address)


def _views(work: Work, person_id: str) -> Iterator[EpisodeView]:
    for record in episodes.of_person(work, person_id):
        yield episodes.get_episode(work, record.id)


def _episode(view: EpisodeView, zone: str) -> Iterator[Happening]:
    address = url_for("episodes.show", episode_id=view.id)
    course = view.course
    said = words(view.closed_as, "close_reason") if view.closed_as else gettext("open")
    text = gettext("Episode: %(state)s", state=said)
    yield Happening("episode", course.opened_at, text, course.closed_at, course.closed_at is None, address)
    for one in view.reopenings:
        yield Happening(
            "episode", one.at, gettext("Episode: %(state)s", state=gettext("opened again")), address=address
        )
    for stay in view.stays:
        began, ended = (
            datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)) if day else None
            for day in (stay.began_on, stay.ended_on)
        )
        if began:
            yield Happening("stay", began, words(stay.kind, "stay_kind"), ended, ended is None, address)
    for contact in view.contacts:
        text = f"{words(contact.kind, 'contact_kind')}: {words(contact.result, 'contact_result')}"
        yield Happening("contact", contact.at, text, address=address)
