"""Who may move a handoff from where to where, against an expectation written from the guide, not from the table."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.handoff.rules import steps
from resource_hub.handoff.values.asked import Step
from resource_hub.handoff.values.course import NotPossible, Transition
from resource_hub.handoff.values.words import ActorKind, Reason, Status

# r: the referrer may, p: the recipient (partner) may, c: the person with their code may. A dot: nobody.
# Columns in the order of Status.
EXPECTED = """
                  draft requested accepted rejected in-progress on-hold completed cancelled failed entered-in-error
draft             .     r         .        .        .           .       .         r         .      r
requested         .     .         p        p        .           .       .         rc        .      r
accepted          .     .         .        .        p           p       p         rpc       p      r
rejected          .     .         .        .        .           .       .         .         .      r
in-progress       .     .         .        .        .           p       p         rpc       p      r
on-hold           .     .         .        .        p           .       p         rpc       p      r
completed         .     .         .        .        .           .       .         .         .      r
cancelled         .     .         .        .        .           .       .         .         .      r
failed            .     .         .        .        .           .       .         .         .      r
entered-in-error  .     .         .        .        .           .       .         .         .      .
"""
LETTER = {ActorKind.REFERRER: "r", ActorKind.RECIPIENT: "p", ActorKind.PERSON: "c", ActorKind.SYSTEM: "s"}
NEEDS_REASON = {"rejected", "cancelled", "on-hold", "failed"}


def expected() -> dict[tuple[str, str], str]:
    header, *rows = (line.split() for line in EXPECTED.strip().splitlines())
    return {(row[0], target): letters for row in rows for target, letters in zip(header, row[1:], strict=True)}


ALLOWED = expected()


def the_step(target: Status) -> Step:
    return Step(target, Reason.DUPLICATE if target.value in NEEDS_REASON else None)


def test_the_expectation_covers_everything() -> None:
    assert set(ALLOWED) == set(product(map(str, Status), repeat=2))


@pytest.mark.parametrize("source", Status)
def test_every_step_of_every_side_is_as_the_guide_says(source: Status) -> None:
    for target, actor in product(Status, ActorKind):
        decision, cell = steps.decide(source, actor, the_step(target)), (source, target, actor)

        if LETTER[actor] in ALLOWED[source, target]:
            assert decision == Transition(source, target, actor, target.value in NEEDS_REASON), cell
        else:
            assert isinstance(decision, NotPossible), cell
            rule = "already_there" if source == target else "other_side_decides"
            rule = rule if source == target or ALLOWED[source, target] != "." else "no_such_step"
            assert decision.rule == rule, cell


def test_what_is_offered_is_what_is_allowed() -> None:
    offered = {
        (step.source.value, step.target.value, LETTER[actor])
        for source, actor in product(Status, ActorKind)
        for step in steps.next_steps(source, actor)
    }

    assert offered == {(*step, letter) for step, letters in ALLOWED.items() for letter in letters if letter != "."}


@given(st.sampled_from(ActorKind), st.lists(st.tuples(st.sampled_from(ActorKind), st.sampled_from(Status))))
def test_nothing_comes_back_from_an_end(first: ActorKind, moves: list[tuple[ActorKind, Status]]) -> None:
    status, ends = Status.REQUESTED, {"rejected", "completed", "cancelled", "failed"}
    for actor, target in [(first, Status.ACCEPTED), *moves]:
        decision = steps.decide(status, actor, the_step(target))
        if isinstance(decision, Transition):
            assert status not in ends or target == Status.ENTERED_IN_ERROR
            assert status != Status.ENTERED_IN_ERROR
            status = target


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        (Step(Status.REJECTED), "reason_missing"),
        (Step(Status.REJECTED, Reason.OTHER), "comment_missing"),
        (Step(Status.REJECTED, Reason.OTHER, "  "), "comment_missing"),
        (Step(Status.ACCEPTED, Reason.AT_CAPACITY), "reason_not_expected"),
        (Step(Status.REJECTED, Reason.AT_CAPACITY, fact="veteran"), "fact_not_expected"),
        (Step(Status.REJECTED, Reason.NOT_ELIGIBLE, fact="shoe size"), "fact_not_expected"),
        (Step(Status.ACCEPTED, fact="veteran"), "fact_not_expected"),
        (Step(Status.REJECTED, Reason.NO_ANSWER), "reason_not_expected"),
    ],
)
def test_a_reason_belongs_to_a_no_and_other_needs_words(step: Step, rule: str) -> None:
    decision = steps.decide(Status.REQUESTED, ActorKind.RECIPIENT, step)

    assert isinstance(decision, NotPossible)
    assert decision.rule == rule


def test_only_the_referrer_takes_back_what_nobody_answered() -> None:
    step = Step(Status.CANCELLED, Reason.NO_ANSWER)

    assert isinstance(steps.decide(Status.REQUESTED, ActorKind.REFERRER, step), Transition)
    assert isinstance(steps.decide(Status.ACCEPTED, ActorKind.RECIPIENT, step), NotPossible)


def test_other_with_words_passes() -> None:
    step = Step(Status.REJECTED, Reason.OTHER, "Closed for repairs")

    assert isinstance(steps.decide(Status.REQUESTED, ActorKind.RECIPIENT, step), Transition)


def test_the_refusal_says_how_to_go_on() -> None:
    decision = steps.decide(Status.REQUESTED, ActorKind.REFERRER, Step(Status.ACCEPTED))

    assert decision == NotPossible("other_side_decides", "Only the other side can set this status.")


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        (Step(Status.ACCEPTED), True),
        (Step(Status.REJECTED, Reason.AT_CAPACITY), False),
        (Step(Status.REJECTED, Reason.NOT_ELIGIBLE), False),
        (Step(Status.REJECTED, Reason.OUT_OF_AREA), False),
        (Step(Status.REJECTED, Reason.OTHER, "closed for the season"), False),
        (Step(Status.REJECTED, Reason.COULD_NOT_CONTACT), None),
        (Step(Status.REJECTED, Reason.DECLINED_BY_PERSON), None),
        (Step(Status.REJECTED, Reason.DUPLICATE), None),
        (Step(Status.CANCELLED, Reason.AT_CAPACITY), None),
        (Step(Status.COMPLETED), None),
    ],
)
def test_only_what_speaks_about_the_service_is_an_answer(step: Step, *, answer: bool | None) -> None:
    assert steps.answer_of(step) is answer
