"""A screening is kept sealed, its risks and the person's wishes apart, and only within the scope of whoever asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Market
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import recent_people
from resource_hub.screening import queries, service
from resource_hub.screening.errors import BadAnswers, InstrumentChanged, NoSuchInstrument
from resource_hub.screening.models import InstrumentRecord, NeedRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.values import Answer, NeedState, Result, WantsHelp
from tests.conftest import as_actor
from tests.factories import a_person, a_user, an_organization

YES, NO, LATER = WantsHelp.YES, WantsHelp.NO, WantsHelp.LATER
GIVEN = (Answer("place-to-sleep", "no"), Answer("food", "refused"), Answer("keep-home", "no"))
WISHES = {"digital-access": YES, "homelessness": YES, "stress": LATER, "food-insecurity": NO}


@pytest.fixture(autouse=True)
def noise(mine: Work, here: Market) -> None:
    """Somebody else in the market who answered and wants other things."""
    other = a_person(mine, here, name="Noise")
    service.record_screening(mine, other.id, "short-screener", [Answer("stress", "often")], {"elder-abuse": YES})


def later(work: Work, **time: float) -> Work:
    return replace(work, now=work.now + timedelta(**time))


def wanted(work: Work, person: PersonRecord) -> list[tuple[str, str]]:
    return [(need.code, need.wants_help.value) for need in queries.needs_of(work, person.id)]


def test_a_screening_tells_the_risks_and_keeps_the_wishes_in_the_persons_order(mine: Work, ana: PersonRecord) -> None:
    screening = service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)

    results = {one.domain: one for one in screening.results}
    assert results["homelessness"].result is Result.POSITIVE
    assert results["housing-instability"].result is Result.NOT_INDICATED
    assert (results["food-insecurity"].result, results["food-insecurity"].refused) == (Result.INCOMPLETE, ("food",))
    assert screening.choices.needs == ("digital-access", "homelessness")
    assert wanted(mine, ana) == [
        ("digital-access", "yes"),
        ("homelessness", "yes"),
        ("stress", "later"),
        ("food-insecurity", "no"),
    ]


def test_the_latest_screening_is_read_back_whole(mine: Work, ana: PersonRecord) -> None:
    assert queries.latest_screening(mine, ana.id) is None
    first = service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)
    second = service.record_screening(later(mine, days=30), ana.id, "short-screener", [], {})
    mine.session.expire_all()

    assert queries.latest_screening(mine, ana.id) == second
    assert queries.screenings_of(mine, ana.id) == (second, first)
    answers = queries.answers_of(mine, ana.id, first.id)
    assert answers
    assert (answers.given, list(answers.wants_help.items())) == (GIVEN, list(WISHES.items()))


def test_answers_are_read_with_the_person_that_gave_them_only(mine: Work, here: Market, ana: PersonRecord) -> None:
    screening = service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)

    assert queries.answers_of(mine, a_person(mine, here, name="Bo").id, screening.id) is None


def test_risks_are_stored_by_domain_and_wishes_apart(mine: Work, ana: PersonRecord) -> None:
    screening = service.record_screening(mine, ana.id, "short-screener", GIVEN, {"homelessness": NO})

    query = select(SocialRiskRecord).where(SocialRiskRecord.screening_id == screening.id)
    risks = {row.domain: row.result for row in mine.session.scalars(query)}
    assert len(risks) == 13
    assert risks["homelessness"] == "positive"
    assert wanted(mine, ana) == [("homelessness", "no")]


def test_answers_are_sealed(mine: Work, ana: PersonRecord) -> None:
    service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)

    for record in mine.session.scalars(select(ScreeningRecord)):
        assert b"place-to-sleep" not in record.sealed_answers
        assert b"homelessness" not in record.sealed_answers


def test_a_later_wish_moves_up_and_the_others_stay(mine: Work, ana: PersonRecord) -> None:
    service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)

    service.record_screening(later(mine, days=30), ana.id, "short-screener", GIVEN, {"stress": YES, "homelessness": NO})

    assert wanted(mine, ana) == [
        ("stress", "yes"),
        ("homelessness", "no"),
        ("digital-access", "yes"),
        ("food-insecurity", "no"),
    ]
    assert mine.session.scalar(select(func.count()).where(NeedRecord.person_id == ana.id)) == 4


def test_wishes_need_no_screening(mine: Work, ana: PersonRecord) -> None:
    chosen = service.choose_needs(
        mine, ana.id, {"food-insecurity": YES, "stress": NO, "employment-status": YES}, ["employment-status"]
    )

    assert chosen == ("employment-status", "food-insecurity")
    assert wanted(mine, ana) == [("employment-status", "yes"), ("food-insecurity", "yes"), ("stress", "no")]
    assert {need.screening_id for need in queries.needs_of(mine, ana.id)} == {None}


def test_the_order_alone_can_change(mine: Work, ana: PersonRecord) -> None:
    service.choose_needs(mine, ana.id, {"food-insecurity": YES, "stress": YES, "employment-status": YES})

    chosen = service.choose_needs(mine, ana.id, {}, ["employment-status", "stress"])

    assert chosen == ("employment-status", "stress", "food-insecurity")


def test_a_wish_keeps_the_screening_in_which_it_was_said(mine: Work, ana: PersonRecord) -> None:
    screening = service.record_screening(mine, ana.id, "short-screener", GIVEN, {"homelessness": YES})

    service.choose_needs(mine, ana.id, {"stress": YES, "homelessness": LATER})

    named = {need.code: need.screening_id for need in queries.needs_of(mine, ana.id)}
    assert named == {"homelessness": screening.id, "stress": None}


@pytest.mark.parametrize(
    ("wishes", "order", "field"),
    [
        ({"shoes": YES}, [], "wants_help[0]"),
        ({"stress": YES}, ["homelessness"], "order[0]"),
        ({"stress": YES}, ["stress", "stress"], "order[1]"),
    ],
)
def test_what_is_no_need_is_refused(
    mine: Work, ana: PersonRecord, wishes: dict[str, WantsHelp], order: list[str], field: str
) -> None:
    with pytest.raises(BadAnswers) as refusal:
        service.choose_needs(mine, ana.id, wishes, order)

    assert [fault.field for fault in refusal.value.faults] == [field]
    assert wanted(mine, ana) == []


def test_a_need_that_is_met_opens_again_with_the_next_yes(mine: Work, ana: PersonRecord) -> None:
    service.choose_needs(mine, ana.id, {"stress": YES, "homelessness": YES})
    service.set_need_state(mine, ana.id, "stress", NeedState.MET)
    service.set_need_state(mine, ana.id, "homelessness", NeedState.MET)

    service.choose_needs(mine, ana.id, {"stress": YES, "homelessness": LATER})

    assert {need.code: need.state for need in queries.needs_of(mine, ana.id)} == {
        "stress": NeedState.OPEN,
        "homelessness": NeedState.MET,
    }
    with pytest.raises(NotFound):
        service.set_need_state(mine, ana.id, "elder-abuse", NeedState.MET)


def test_what_changed_since_the_last_time(mine: Work, ana: PersonRecord) -> None:
    service.record_screening(mine, ana.id, "short-screener", GIVEN, {})
    assert queries.changes_since_last(mine, ana.id) == ()

    again = (Answer("place-to-sleep", "yes"), Answer("food", "some"), Answer("keep-home", "no"))
    service.record_screening(later(mine, days=30), ana.id, "short-screener", again, {})

    assert {(one.domain, one.before, one.now) for one in queries.changes_since_last(mine, ana.id)} == {
        ("homelessness", Result.POSITIVE, Result.NOT_INDICATED),
        ("food-insecurity", Result.INCOMPLETE, Result.POSITIVE),
    }


def test_answers_that_do_not_fit_write_nothing(mine: Work, ana: PersonRecord) -> None:
    for name, given, refusal in [
        ("short-screener", [Answer("food", "SECRET")], BadAnswers),
        ("nothing", [], NoSuchInstrument),
    ]:
        with pytest.raises(refusal):
            service.record_screening(mine, ana.id, name, given, WISHES)

    assert queries.screenings_of(mine, ana.id) == ()
    assert wanted(mine, ana) == []


def test_an_instrument_that_changed_within_its_version_is_refused(mine: Work, ana: PersonRecord) -> None:
    stored = mine.session.scalars(select(InstrumentRecord)).one()
    stored.definition = {**stored.definition, "scoring": stored.definition["scoring"][:3]}
    mine.session.flush()

    with pytest.raises(InstrumentChanged, match="version other than 1"):
        service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)


def test_a_screened_person_is_among_the_recent_ones(mine: Work, here: Market, ana: PersonRecord) -> None:
    colleague = as_actor(mine, a_user(mine, Role.SOCIAL_WORKER, here))

    service.record_screening(later(colleague, hours=1), ana.id, "short-screener", GIVEN, WISHES)

    assert [person.id for person in recent_people(colleague)] == [ana.id]


def test_what_is_written_down_says_who_and_with_what_and_nothing_about_the_person(
    mine: Work, here: Market, ana: PersonRecord
) -> None:
    screening = service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)
    service.choose_needs(mine, ana.id, {"stress": YES})
    service.set_need_state(mine, ana.id, "stress", NeedState.MET)

    query = select(AuditRow).where(AuditRow.subject_id.in_([screening.id, ana.id]), AuditRow.action != "person.added")
    assert [
        (row.action, row.subject_kind, row.actor_id, row.chain, row.detail)
        for row in mine.session.scalars(query.order_by(AuditRow.position))
    ] == [
        (
            "screening.recorded",
            "screening",
            mine.actor.user_id,
            here.id,
            {"instrument": "short-screener", "version": "1"},
        ),
        ("person.needs_chosen", "person", mine.actor.user_id, here.id, {}),
        ("person.need_state_set", "person", mine.actor.user_id, here.id, {}),
    ]


ENTRIES: dict[str, Callable[[Work, str], object]] = {
    "record": lambda work, person_id: service.record_screening(work, person_id, "short-screener", GIVEN, WISHES),
    "choose": lambda work, person_id: service.choose_needs(work, person_id, {"stress": YES}),
    "set state": lambda work, person_id: service.set_need_state(work, person_id, "homelessness", NeedState.MET),
    "needs": queries.needs_of,
    "latest": queries.latest_screening,
    "all": queries.screenings_of,
    "answers": lambda work, person_id: queries.answers_of(work, person_id, "any"),
    "changes": queries.changes_since_last,
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_neither_another_markets_coordinator_nor_a_partner_finds_anybody(
    mine: Work, neighbours: Work, here: Market, ana: PersonRecord, entry: str
) -> None:
    service.record_screening(mine, ana.id, "short-screener", GIVEN, WISHES)
    partner = as_actor(mine, a_user(mine, Role.PARTNER, here, organization=an_organization(mine, here)))
    rows = select(func.count()).select_from(AuditRow)
    before = mine.session.scalar(rows)

    for stranger in (neighbours, partner):
        with pytest.raises(NotFound):
            ENTRIES[entry](stranger, ana.id)

    assert mine.session.scalar(rows) == before
