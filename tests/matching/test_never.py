"""What is never an input: race, who pays, whether a listing is claimed or paid for, or the hospital's own."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import FACTS, parse_fact
from resource_hub.core.db import Base
from resource_hub.core.errors import Invalid
from resource_hub.inventory.models import Market, Organization, Service
from resource_hub.inventory.values import Operator
from resource_hub.matching.values import Condition, Ranking
from tests.factories import a_listing, a_user
from tests.matching.build import Row, query, ranked

FORBIDDEN = re.compile(
    r"race|ethnic|skin|tribe|religio|payer|paid|payment|billing|sponsor|premium|advert|claimed|claim_|owner|partner"
    r"|featured|promot|boost|popular|app_user|password",
    re.IGNORECASE,
)
# What is said of an organization or a service beside what the ranking asks: none of it may move a row.
SAID_OF_ORGANIZATION = {"legal_status": "hospital", "tax_id": "52-0595110", "website": "https://hospital.example"}
SAID_OF_SERVICE = {"fees_description": "Sponsored by a health plan", "accreditations": "Preferred"}


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect what is asked of the database meanwhile."""
    seen: list[str] = []

    def keep(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", keep)
    yield seen
    event.remove(engine, "before_cursor_execute", keep)


def test_no_statement_of_the_ranking_reads_such_a_column(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market)
    work.session.flush()

    with statements(work.session) as seen:
        ranking(facts={"age": 30.0, "insurance": ("medicaid",)}, show_excluded=True)

    read = {word for text in seen for word in re.findall(r"[a-z_]+", text.partition("WHERE")[0].lower())}
    assert {"service_at_location", "eligibility_rule", "room"} <= read
    assert {word for word in read if FORBIDDEN.search(word)} == set()


def test_the_list_of_what_is_forbidden_would_catch_it() -> None:
    for name in ("race", "payer_id", "is_claimed", "claimed_at", "paid_listing", "owner_id", "app_user"):
        assert FORBIDDEN.search(name), name


def test_nobody_can_tell_the_ranking_such_a_fact() -> None:
    assert not any(FORBIDDEN.search(name) for name in FACTS)
    for name in ("race", "ethnicity", "payer", "religion"):
        with pytest.raises(Invalid):
            parse_fact(name, "any")


def test_a_claimed_listing_ranks_like_one_that_nobody_claimed(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listings = [a_listing(work, market, name=name) for name in ("First", "Second", "Third")]
    before = ranking()

    for number, listing in enumerate(listings):
        if number:
            a_user(work, Role.PARTNER, market, organization=listing.organization)
    market.revision += 1

    assert ranking().matches == before.matches


@pytest.mark.parametrize(("record", "fields"), [(Organization, SAID_OF_ORGANIZATION), (Service, SAID_OF_SERVICE)])
def test_what_an_organization_says_of_itself_moves_nothing(
    work: Work, market: Market, ranking: Callable[..., Ranking], record: type[Base], fields: dict[str, str]
) -> None:
    listings = [a_listing(work, market, name=name) for name in ("First", "Second", "Third")]
    before = ranking()
    known = {column.key for column in inspect(record).columns} & set(fields)
    assert known

    for name in known:
        setattr(listings[1].organization if record is Organization else listings[1].service, name, fields[name])
    market.revision += 1

    assert [(match.listing.name, match.score) for match in ranking().matches] == [
        (match.listing.name, match.score) for match in before.matches
    ]


def test_who_pays_counts_only_where_a_rule_asks() -> None:
    rule = Condition("insurance", Operator.ANY_OF, ("medicaid",), approved=True)
    rows = [Row("for all"), Row("with a rule", alternatives=((rule,),))]
    scores = [
        {match.listing.name: match.score for match in ranked(rows, replace(query(), facts=facts))}
        for facts in ({}, {"insurance": ("medicaid",)}, {"insurance": ("private",)}, {"insurance": ("none",)})
    ]

    assert len({told["for all"] for told in scores}) == 1
    assert ["with a rule" in told for told in scores] == [True, True, False, False]
