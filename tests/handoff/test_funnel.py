"""From screening to help: steps that never grow, and small groups that stay hidden."""

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.handoff.queries.funnel import funnel_of
from resource_hub.handoff.rules.funnel import STEPS, funnel
from resource_hub.screening.models import InstrumentRecord, ScreeningRecord
from tests.handoff.stories import a_handoff, a_person, a_story


def falling(most: int = 60) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), min_size=len(STEPS), max_size=len(STEPS)).map(
        lambda counts: sorted(counts, reverse=True)
    )


@given(falling())
def test_no_small_group_shows_nor_follows_from_what_shows(counts: list[int]) -> None:
    steps = funnel(counts)
    for number, step in enumerate(steps):
        assert step.people in {None, counts[number]}
        assert step.people is None or step.people == 0 or step.people >= 11
        assert not step.lost or step.lost >= 11
        if number and step.people is not None and steps[number - 1].people is not None:
            assert not 0 < steps[number - 1].people - step.people < 11  # type: ignore[operator]  # asked just above


def test_large_steps_are_shown_as_they_are() -> None:
    assert [step.people for step in funnel([100, 80, 60, 40, 20, 0])] == [100, 80, 60, 40, 20, 0]


def test_people_are_counted_once_and_only_as_far_as_they_came(work: Work) -> None:
    story, neighbour = a_story(work), a_story(work, "elsewhere")
    everybody = [a_person(work, story.coordinator, name=f"Person {number}") for number in range(24)]
    instrument = InstrumentRecord(id=new_id(), name="x", version="1", title="X", definition={}, created_at=work.now)
    work.session.add(instrument)
    work.session.flush()
    work.session.add_all(
        ScreeningRecord(
            id=new_id(), person_id=person, instrument_id=instrument.id, sealed_answers=b"", screened_at=work.now
        )
        for person in [*everybody, neighbour.person_id]
    )
    for person in everybody[:12]:
        a_handoff(work, story, person_id=person, despite_no_capacity=True)
    work.session.flush()

    told = {step.code: step.people for step in funnel_of(work, story.market.id)}

    assert told == {"screened": 24, "wants_help": 24, "handed_off": 12, "accepted": 0, "received": 0, "need_met": 0}
