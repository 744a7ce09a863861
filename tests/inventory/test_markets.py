import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.inventory import queries, service
from resource_hub.inventory.errors import BadMarket, MarketTaken, NoSuchMarket
from resource_hub.inventory.values import NewMarket
from tests import factories


def test_a_market_is_added_with_its_area_and_audited(work: Work) -> None:
    factories.a_market(work, "elsewhere")
    new = NewMarket("baltimore", " Baltimore ", "MD", counties=("Harford",), postal_codes=("21201",))
    market = service.add_market(work, new)
    found = queries.get_market(work.session, "baltimore")
    assert found is market
    assert (found.name, found.time_zone, found.revision) == ("Baltimore", "America/New_York", 0)
    assert {(area.kind, area.value) for area in found.areas} == {("county", "harford"), ("postal_code", "21201")}
    row = work.session.scalars(select(AuditRow)).one()
    assert (row.action, row.subject_id, row.chain) == ("market.added", market.id, market.id)


def test_a_taken_slug_is_refused(work: Work) -> None:
    factories.a_market(work, "here")
    with pytest.raises(MarketTaken, match="here"):
        service.add_market(work, NewMarket("here", "Here", "MD"))


def test_a_bad_market_is_refused_with_every_fault(work: Work) -> None:
    with pytest.raises(BadMarket) as refusal:
        service.add_market(work, NewMarket("Here!", "", "MD"))
    assert [fault.field for fault in refusal.value.faults] == ["slug", "name"]
    assert queries.list_markets(work.session) == []


def test_a_missing_market_says_how_to_add_it(work: Work) -> None:
    factories.a_market(work, "here")
    with pytest.raises(NoSuchMarket, match=r"“there”.*market add"):
        queries.get_market(work.session, "there")


def test_services_are_counted_by_market(work: Work) -> None:
    market = factories.a_market(work, "here")
    factories.a_listing(work, market)
    factories.a_listing(work, market, name="Shelter")
    neighbour = queries.get_market(work.session, "here-neighbour")
    assert queries.count_services(work.session) == {market.id: 2, neighbour.id: 1}
    assert [found.slug for found in queries.list_markets(work.session)] == ["here", "here-neighbour"]
