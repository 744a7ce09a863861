"""The worker was away for days: it leaves what daily work leaves; once more, or two at once, add nothing."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import URL, select

from resource_hub import settings
from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.cli import shared, worker
from resource_hub.cli.shared import Shell
from resource_hub.core.encryption import new_key
from resource_hub.handoff import pricing, service
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.episodes.values.words import Destination
from resource_hub.handoff.models import NextBest, Referral
from resource_hub.handoff.service import next_best
from resource_hub.handoff.values.words import Status
from resource_hub.inventory.models import CheckLink, Service, ServiceAtLocation
from resource_hub.matching.suggesting import service as suggesting
from tests.concurrency.crowd import all_at_once
from tests.conftest import NOW, a_copy, as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import Story, a_handoff, a_person, a_story, says_places

# Asked on Friday, 20 November: due on the 24th, the place is given back on the 25th, and as Thanksgiving and the day
# after it are holidays the next best is looked for on the 30th.
DAYS = [NOW + timedelta(days=number, hours=8) for number in (1, 3, 4, 5, 7, 10, 11, 18)]
BACK = DAYS[-1]
NOTHING = (
    "holds expired: 0, overdue raised: 0, next best proposed: 0, requests forgotten: 0, organizations asked: 0, "
    "markets priced: 0, imports done: 0, looked through for needs: 0, notices sent: 0, to try again: 0"
)
ABOUT_WORK = ("handoff.overdue", "handoff.reminder", "handoff.next_best", "episode.overdue")

# Where a worker looks for what is due without keeping others from writing.
FINDING = [
    (pricing, "markets_due"),
    (suggesting, "markets_due"),
    (next_best, "find_next_best"),
]

Start = Callable[[str], Shell]
Left = dict[str, list[tuple[object, ...]]]


class Clock:
    """What the worker takes for the time; it goes on a little whenever it is read."""

    now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(shared, "utc_now", clock)
    monkeypatch.setattr(worker, "utc_now", clock)
    monkeypatch.setenv(settings.PREFIX + "DATA_KEY", new_key())
    return clock


def shell_of(url: URL, folder: Path) -> Shell:
    """Return what a process is started with, for a database and a folder of its own."""
    where = {"INSTANCE": str(folder), "DATABASE_URL": url.render_as_string(hide_password=False)}
    shell = Shell()
    shell.settings = settings.from_environment(
        dict(os.environ) | {settings.PREFIX + name: value for name, value in where.items()}
    )
    return shell


@pytest.fixture
def start(template: URL, tmp_path: Path, clock: Clock) -> Iterator[Start]:
    """Start a worker on a copy of one and the same busy market, each with a folder of its own."""
    with ExitStack() as open_ones:
        market = open_ones.enter_context(a_copy(template, tmp_path))
        shell = shell_of(market, tmp_path)
        with shell.write() as work:
            a_busy_market(work)
        shell.database.engine.dispose()

        def start_one(name: str) -> Shell:
            folder = tmp_path / name
            folder.mkdir()
            copy = shell_of(open_ones.enter_context(a_copy(market, folder)), folder)
            open_ones.callback(copy.database.engine.dispose)
            return copy

        yield start_one


def works(clock: Clock, shell: Shell, *moments: datetime) -> str:
    """Let a worker do a round at each of these times; return what it says about the last."""
    said = ""
    for clock.now in moments:
        said = worker.one_round(shell)
    return said


def a_busy_market(work: Work) -> None:
    """Requests nobody answered, one of them by the person alone; one accepted, one in progress; and an episode."""
    story = a_story(work)
    social_worker = a_user(work, Role.SOCIAL_WORKER, story.market)
    _unanswered, alone, accepted, going_on = (
        a_handoff(work, story, person_id=a_person(work, story.coordinator, name=f"Person {number}"))
        for number in range(4)
    )
    work.session.get_one(Referral, alone).requested_by = None
    at_partner = as_actor(work, story.partner)
    for referral_id in (accepted, going_on):
        service.move(at_partner, referral_id, Status.ACCEPTED)
    service.move(at_partner, going_on, Status.IN_PROGRESS)
    leaves_on = work.now.date() + timedelta(days=3)
    episodes.open_episode(as_actor(work, social_worker), story.person_id, NewEpisode(leaves_on, Destination.HOME))
    _one_place_that_is_kept_for_somebody(work, story)


def _one_place_that_is_kept_for_somebody(work: Work, story: Story) -> None:
    """A pantry has one place, and nobody answers there either: from the 25th on it is free. Another has none."""
    other = select(ServiceAtLocation.id).join(Service).where(Service.name == "Other pantry")
    capacity.state_capacity(work, work.session.scalars(other).one(), Statement(CapacityStatus.NO_CAPACITY))
    small = a_listing(work, story.market, name="Small pantry")
    says_places(work, small, 1)
    before = a_person(work, story.coordinator, name="Person before")
    a_handoff(work, story, person_id=before, service_at_location_id=small.service_at_location.id)


def both_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each of two workers look for what is due, and neither of them write before both have looked."""
    for module, name in FINDING:
        monkeypatch.setattr(module, name, _when_both_have(getattr(module, name)))


def _when_both_have(find: Callable[..., object]) -> Callable[..., object]:
    both = Barrier(2, timeout=60)

    def find_and_wait(*given: object) -> object:
        found = find(*given)
        both.wait()
        return found

    return find_and_wait


def numbers(line: str) -> list[int]:
    """Return how often each thing was done, in the order in which a worker says it."""
    return [int(number) for number in re.findall(r": (\d+)", line)]


def left(shell: Shell) -> Left:
    """Return what a worker left: who is told what and how often, what is proposed, who holds what, what is free."""
    queries = {
        "notices": select(Notice.kind, Notice.dedup_key, Notice.user_id, Notice.organization_id).where(
            Notice.kind.in_(ABOUT_WORK)
        ),
        "next best": select(NextBest.referral_id, NextBest.service_at_location_id),
        "holds": select(Hold.referral_id, Hold.state),
        "links": select(CheckLink.organization_id),
        "free": select(Room.service_at_location_id, Room.free),
    }
    with shell.database.read() as session:
        return {name: sorted(map(tuple, session.execute(query)), key=str) for name, query in queries.items()}


def attempts(shell: Shell) -> list[tuple[object, ...]]:
    """Return each notice, and how often a worker went to send it."""
    with shell.database.read() as session:
        return sorted(map(tuple, session.execute(select(Notice.dedup_key, Notice.attempts))))


def test_after_days_away_it_leaves_what_daily_work_leaves(start: Start, clock: Clock) -> None:
    daily, late = start("daily"), start("late")

    works(clock, daily, *DAYS)
    works(clock, late, BACK)

    assert left(late) == left(daily)
    kinds = Counter(row[0] for row in left(late)["notices"])
    # What the person asked for alone is told to the market's two referrers.
    assert kinds == {"handoff.reminder": 3, "handoff.overdue": 4 + 2, "handoff.next_best": 2 + 2, "episode.overdue": 1}


def test_a_reminder_goes_out_before_the_next_best_and_that_knows_the_places_given_back(
    start: Start, clock: Clock
) -> None:
    late = start("late")

    works(clock, late, BACK)

    with late.database.read() as session:
        kinds = session.scalars(select(Notice.kind).order_by(Notice.delivered_at, Notice.id)).all()
        offered = select(Service.name).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        offered = offered.join(NextBest, NextBest.service_at_location_id == ServiceAtLocation.id)
        proposed = session.scalars(offered).all()
    in_order = ["handoff.requested", "handoff.reminder", "handoff.next_best"]
    steps = [kind for kind, _same in groupby(kinds) if kind in in_order]
    assert (list(dict.fromkeys(steps)), steps.count("handoff.next_best")) == (in_order, 1)
    assert proposed.count("Small pantry") == 2


def test_once_more_changes_nothing_and_sends_nothing(start: Start, clock: Clock) -> None:
    late = start("late")
    works(clock, late, BACK)
    once, sent = left(late), attempts(late)

    assert works(clock, late, BACK) == NOTHING

    assert (left(late), attempts(late)) == (once, sent)
    assert {times for _key, times in sent} == {1}


def test_two_at_once_leave_what_one_leaves(start: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = start("one"), start("two")
    alone = works(clock, one, BACK)
    both_find_the_same(monkeypatch)

    clock.now = BACK
    said = all_at_once(worker.one_round, [two, two])

    assert [type(line) for line in said] == [str, str]
    assert (left(two), attempts(two)) == (left(one), attempts(one))
    counted = zip(*(numbers(line) for line in map(str, said)), strict=True)
    assert [first + second for first, second in counted] == numbers(alone)
