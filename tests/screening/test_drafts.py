"""A screening under way is kept as the person goes, and two screens do not overwrite each other."""

import pytest

from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.people.models import PersonRecord
from resource_hub.screening import queries, service
from resource_hub.screening.errors import BadAnswers, DraftMovedOn
from resource_hub.screening.models import ScreeningDraft
from resource_hub.screening.values import Answer, Draft, Result, WantsHelp

NAME = "short-screener"


@pytest.fixture
def draft(mine: Work, ana: PersonRecord) -> Draft:
    return service.start(mine, ana.id, NAME)


def test_answers_are_kept_one_by_one_and_taken_up_again(mine: Work, ana: PersonRecord, draft: Draft) -> None:
    service.save(mine, draft.id, {"food": ["most"]}, {}, position=0)
    service.save(mine, draft.id, {"rides": ["refused"]}, {"food-insecurity": WantsHelp.YES}, position=1)

    again = service.start(mine, ana.id, NAME)

    assert (again.id, again.position) == (draft.id, 2)
    assert set(again.answers.given) == {Answer("food", "most"), Answer("rides", "refused")}
    assert queries.drafts_of(mine, ana.id) == (again,)


def test_a_later_answer_takes_the_place_of_an_earlier_one_and_an_empty_one_takes_it_away(
    mine: Work, draft: Draft
) -> None:
    service.save(mine, draft.id, {"food": ["most"], "rides": ["refused"]}, {}, position=0)
    after = service.save(mine, draft.id, {"food": ["none"], "rides": []}, {}, position=1)

    assert after.answers.given == (Answer("food", "none"),)


def test_what_was_saved_elsewhere_meanwhile_is_not_overwritten(mine: Work, draft: Draft) -> None:
    service.save(mine, draft.id, {"food": ["most"]}, {}, position=0)

    with pytest.raises(DraftMovedOn):
        service.save(mine, draft.id, {"food": ["none"]}, {}, position=0)
    assert queries.get_draft(mine, draft.id).answers.given == (Answer("food", "most"),)


def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_lost(mine: Work, draft: Draft) -> None:
    service.save(mine, draft.id, {"food": ["most"]}, {}, position=0)

    with pytest.raises(BadAnswers):
        service.save(mine, draft.id, {"rides": ["by boat"]}, {}, position=1)
    assert queries.get_draft(mine, draft.id).position == 1


def test_finishing_records_a_screening_once(mine: Work, ana: PersonRecord, draft: Draft) -> None:
    service.save(mine, draft.id, {"food": ["most"]}, {"food-insecurity": WantsHelp.YES}, position=0)

    done = service.finish(mine, draft.id)

    assert Result.POSITIVE in {one.result for one in done.results}
    assert done.choices.needs == ("food-insecurity",)
    assert queries.drafts_of(mine, ana.id) == ()
    latest = queries.latest_screening(mine, ana.id)
    assert latest is not None
    assert latest.id == done.id
    with pytest.raises(NotFound):
        service.finish(mine, draft.id)


def test_a_draft_that_is_let_go_leaves_no_screening(mine: Work, ana: PersonRecord, draft: Draft) -> None:
    service.discard(mine, draft.id)

    assert queries.latest_screening(mine, ana.id) is None
    assert mine.session.get(ScreeningDraft, draft.id) is None


def test_nobody_of_another_market_sees_or_changes_it(neighbours: Work, draft: Draft) -> None:
    for act in (
        lambda: queries.get_draft(neighbours, draft.id),
        lambda: service.save(neighbours, draft.id, {}, {}, position=0),
        lambda: service.finish(neighbours, draft.id),
        lambda: service.discard(neighbours, draft.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_what_was_answered_is_sealed(mine: Work, draft: Draft) -> None:
    service.save(mine, draft.id, {"food": ["most"]}, {}, position=0)

    record = mine.session.get_one(ScreeningDraft, draft.id)
    assert b"most" not in record.sealed_answers
