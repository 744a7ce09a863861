"""Two do the same act at the same moment: the second does it as well, or is refused in words, and nothing is broken."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import URL, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from resource_hub.accounts import audit
from resource_hub.accounts.values import SYSTEM, Actor
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import CapacityStatement, Hold, Room
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.errors import HubError
from resource_hub.core.ids import new_id
from resource_hub.handoff.models import HandoffStatus, PutOff, Referral
from tests.concurrency import flows, flows_of_stewards
from tests.concurrency.opposites import PAIRS, Pair
from tests.concurrency.pairs import Client, Kept, outcome_of_second
from tests.concurrency.scenes import Scene, a_scene
from tests.concurrency.scenes_of_stewards import Directory, a_directory
from tests.conftest import NOW, a_copy

pytestmark = pytest.mark.postgres

# How often its organization spoke of a place, and how many places are free or kept for somebody.
Places = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Stage:
    database: Database
    scene: Scene
    directory: Directory
    vault: Vault
    kept: Kept

    def client(self, act: flows.Act) -> Client:
        return Client(self.scene.story.coordinator, lambda work: act(work, self.scene), self.vault)

    def steward(self, act: flows_of_stewards.Act, who: Actor | None = None) -> Client:
        return Client(who or self.directory.steward, lambda work: act(work, self.directory), self.vault)

    def named(self, name: str) -> Client:
        """The client who does an act of either table."""
        return self.client(flows.ACTS[name]) if name in flows.ACTS else self.steward(flows_of_stewards.ACTS[name])


@pytest.fixture(scope="module")
def built(template: URL, tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    with a_copy(template, folder) as url:
        database = Database(make_engine(url.render_as_string(hide_password=False)))
        with database.write() as session:
            scene = a_scene(Work(session, SYSTEM, NOW, vault, new_id, random.Random(0)))
        with database.write() as session:
            work = Work(session, SYSTEM, NOW, vault, new_id, random.Random(0))
            directory = a_directory(work, scene.story.market.id, folder / "imports")
        yield Stage(database, scene, directory, vault, Kept(database))
        database.engine.dispose()


@pytest.fixture
def stage(built: Stage) -> Iterator[Stage]:
    """The scene on a real database; what was done on it is put back afterwards."""
    yield built
    built.kept.put_back()


def places(session: Session) -> Places:
    spoke = select(CapacityStatement.service_at_location_id, func.count())
    stated = dict(session.execute(spoke.group_by(CapacityStatement.service_at_location_id)).all())
    holds = select(Hold.service_at_location_id, func.count()).where(Hold.counted, Hold.state.in_(("held", "used")))
    kept = dict(session.execute(holds.group_by(Hold.service_at_location_id)).all())
    rooms = session.execute(select(Room.service_at_location_id, Room.free).where(Room.free.is_not(None)))
    return {place: (stated[place], (free or 0) + kept.get(place, 0)) for place, free in rooms}


def check_that_nothing_is_broken(session: Session, vault: Vault, before: Places) -> None:
    """The audit log is whole, no place is given twice, and each handoff stands where its history ends."""
    assert audit.verify(session, vault) == []
    for place, (stated, most) in places(session).items():
        if stated == before[place][0]:
            assert most <= before[place][1]
    ends = select(HandoffStatus.referral_id, func.max(HandoffStatus.position), func.count())
    by_history = {row[0]: (row[1], row[2]) for row in session.execute(ends.group_by(HandoffStatus.referral_id))}
    handoffs = session.execute(select(Referral.id, Referral.positions))
    assert by_history == {referral_id: (positions, positions) for referral_id, positions in handoffs}


def check_the_second(stage: Stage, first: Client, second: Client) -> HubError | None:
    """The second has done it, or was refused in words, and nothing is broken; return the refusal."""
    with stage.database.read() as session:
        before = places(session)
    outcome = outcome_of_second(stage.database, first, second)
    if outcome is not None and not isinstance(outcome, HubError):
        raise outcome
    with stage.database.read() as session:
        check_that_nothing_is_broken(session, stage.vault, before)
    return outcome


@pytest.mark.parametrize("name", [*flows.ACTS, *flows_of_stewards.ACTS])
def test_the_second_of_two_does_the_same_or_is_refused(stage: Stage, name: str) -> None:
    check_the_second(stage, stage.named(name), stage.named(name))


def test_the_check_catches_a_writer_that_looks_first_and_adds_later(stage: Stage) -> None:
    def put_off(work: Work, scene: Scene) -> None:
        key = {"referral_id": scene.asked, "user_id": work.actor.user_id}
        row = work.session.get(PutOff, key) or PutOff(**key, position=1)
        row.until = row.put_off_at = work.now
        work.session.add(row)

    client = stage.client(put_off)

    with pytest.raises(IntegrityError):
        check_the_second(stage, client, client)


@pytest.mark.parametrize("order", ["in order", "the other way round"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.one} and {pair.other}")
def test_of_two_who_cross_each_other_the_second_learns_of_the_first(stage: Stage, pair: Pair, order: str) -> None:
    in_order = order == "in order"
    names = (pair.one, pair.other) if in_order else (pair.other, pair.one)

    refusal = check_the_second(stage, *map(stage.named, names))

    assert (refusal and refusal.code) == (pair.after_one if in_order else pair.after_other)
    with stage.database.read() as session:
        assert pair.truth(session, stage.scene, stage.directory)
