"""Two at one episode that is over: it is opened again once, and a person never has two that are open."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.values import SYSTEM
from resource_hub.core.db import Database
from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.models import Episode, EpisodeReopening
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.episodes.values.words import CloseReason, Destination, ReopenReason
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.conftest import NOW
from tests.handoff.episodes.stories import Bridge, an_episode

PAIRS = {"both open it again": ("again", "again"), "one opens a new one": ("again", "new")}


@pytest.fixture
def bridge(open_work: OpenWork) -> Bridge:
    """An episode that was closed just now."""
    with open_work(SYSTEM) as work:
        bridge = an_episode(work)
    with open_work(bridge.worker) as work:
        service.close_episode(work, bridge.episode_id, CloseReason.MOVED_AWAY, "")
    return bridge


@pytest.mark.parametrize("_round", range(2))
@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_at_once_one_opens_it(
    real_database: Database, open_work: OpenWork, bridge: Bridge, pair: str, _round: int
) -> None:
    def again() -> None:
        with open_work(bridge.worker) as work:
            service.reopen_episode(work, bridge.episode_id, ReopenReason.BY_MISTAKE)

    def new() -> None:
        with open_work(bridge.worker) as work:
            plan = NewEpisode(NOW.date() + timedelta(days=3), Destination.HOME)
            service.open_episode(work, bridge.person_id, plan)

    acts = {"again": again, "new": new}
    outcomes = all_at_once(lambda act: acts[act](), PAIRS[pair])

    refusals = {type(outcome).__name__ for outcome in outcomes if outcome is not None}
    assert [outcome is None for outcome in outcomes].count(True) == 1
    assert refusals <= {"NotOver", "AlreadyOpen"}
    with real_database.read() as session:
        count = select(func.count())
        mine = Episode.person_id == bridge.person_id
        assert session.scalar(count.where(mine, Episode.closed_at.is_(None))) == 1
        reopened = session.scalar(count.select_from(EpisodeReopening))
        assert reopened == (1 if pair == "both open it again" or outcomes[0] is None else 0)
