"""What is overdue is told to whoever asked, once for each due time."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Status
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import a_handoff, a_person, a_story


def told(work: Work) -> list[tuple[str | None, str]]:
    query = select(Notice.user_id, Notice.dedup_key).where(Notice.kind == "handoff.overdue").order_by(Notice.dedup_key)
    return [(user_id, key.split(":")[1]) for user_id, key in work.session.execute(query)]


def test_the_referrer_is_told_once_for_each_due_time(work: Work) -> None:
    story = a_story(work)
    referral_id = a_handoff(work, story)
    in_a_week = replace(work, now=work.now + timedelta(days=7))
    in_two = replace(work, now=work.now + timedelta(days=14))

    assert [service.raise_overdue(at) for at in (work, in_a_week, in_a_week)] == [0, 1, 0]
    service.move(replace(as_actor(work, story.partner), now=in_a_week.now), referral_id, Status.ACCEPTED)
    assert [service.raise_overdue(at) for at in (in_a_week, in_two, in_two)] == [0, 1, 0]

    assert told(work) == [(story.coordinator.user_id, referral_id)] * 2


def test_only_so_many_at_a_time_and_none_is_forgotten(work: Work) -> None:
    story = a_story(work)
    for number in range(3):
        a_handoff(work, story, person_id=a_person(work, story.coordinator, name=f"Person {number}"))
    in_a_week = replace(work, now=work.now + timedelta(days=7))

    assert [service.raise_overdue(in_a_week, limit=2) for _ in range(3)] == [2, 1, 0]


def test_what_a_person_asked_alone_is_told_to_the_referrers_of_the_market(work: Work) -> None:
    story = a_story(work)
    second = a_user(work, Role.SOCIAL_WORKER, story.market)
    a_user(work, Role.STEWARD, story.market)
    a_story(work, "elsewhere")
    referral_id = a_handoff(work, story)
    work.session.get_one(Referral, referral_id).requested_by = None
    work.session.flush()
    in_a_week = replace(work, now=work.now + timedelta(days=7))

    assert [service.raise_overdue(at) for at in (in_a_week, in_a_week)] == [1, 0]
    assert {user_id for user_id, _id in told(work)} == {story.coordinator.user_id, second.user_id}
