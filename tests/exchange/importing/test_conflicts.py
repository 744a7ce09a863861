"""A steward's word stays; where a file says otherwise both stand side by side until somebody decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.inventory.errors import ImportMovedOn, NoSuchImport, StewardsOnly
from resource_hub.inventory.models import Change, ImportConflict, Service
from resource_hub.inventory.queries import get_listing
from resource_hub.inventory.queries.imports import open_conflicts
from resource_hub.inventory.queries.provenance import provenance_of
from resource_hub.inventory.service import edit_listing
from resource_hub.inventory.service.conflicts import decide
from resource_hub.inventory.values import ListingEdit, RecordEdit
from tests.conftest import as_actor
from tests.exchange.importing.conftest import Imports
from tests.factories import a_market, a_user

HEADER = "Charity,Program,Fees\n"


def said(fees: str) -> str:
    return f"{HEADER}Harbor Table,Pantry,{fees}\n"


def the_service(imports: Imports) -> Service:
    query = select(Service).where(Service.market_id == imports.market.id, Service.name == "Pantry")
    return imports.steward.session.scalars(query.execution_options(populate_existing=True)).one()


def corrected(imports: Imports) -> ImportConflict:
    """Import, let a steward correct, and import again with other words."""
    imports.whole(said("Free"))
    service = the_service(imports)
    listing = get_listing(imports.steward.session, imports.steward.actor, service.id)
    later = replace(imports.steward, now=imports.steward.now + timedelta(hours=1))
    edit = RecordEdit("service", service.id, {"fees_description": "One dollar"})
    edit_listing(later, ListingEdit(service.id, listing.changed_at, (edit,)))
    report = imports.whole(said("Five dollars")).report
    assert report
    assert [one["kept"] for one in report["differences"]] == [True]
    ((conflict,), total) = open_conflicts(imports.steward.session, imports.steward.actor, 10)
    assert total == 1
    return conflict


def test_both_values_stand_side_by_side(imports: Imports) -> None:
    conflict = corrected(imports)
    assert (conflict.ours, conflict.theirs) == ("One dollar", "Five dollars")
    assert the_service(imports).fees_description == "One dollar"


def test_theirs_is_taken_with_history_and_audit(imports: Imports) -> None:
    conflict, revision = corrected(imports), imports.market.revision
    decide(imports.steward, conflict.id, take=True)
    imports.steward.session.refresh(imports.market)
    assert the_service(imports).fees_description == "Five dollars"
    assert imports.market.revision > revision
    changes = select(Change.updated_by).where(Change.replacement_value == "Five dollars")
    assert list(imports.steward.session.scalars(changes)) == [imports.steward.actor.user_id]
    assert imports.steward.session.scalars(select(AuditRow).where(AuditRow.action == "conflict.taken")).one().subject_id
    assert open_conflicts(imports.steward.session, imports.steward.actor, 10)[1] == 0


def test_ours_is_kept_and_not_asked_again_until_the_file_says_something_new(imports: Imports) -> None:
    decide(imports.steward, corrected(imports).id, take=False)
    imports.whole(said("Five dollars"))
    assert open_conflicts(imports.steward.session, imports.steward.actor, 10)[1] == 0
    imports.whole(said("Six dollars"))
    assert open_conflicts(imports.steward.session, imports.steward.actor, 10)[1] == 1
    assert the_service(imports).fees_description == "One dollar"


def test_decided_twice_or_changed_meanwhile_is_refused(imports: Imports) -> None:
    conflict = corrected(imports)
    the_service(imports).fees_description = "Ten dollars"
    imports.steward.session.flush()
    with pytest.raises(ImportMovedOn):
        decide(imports.steward, conflict.id, take=True)
    the_service(imports).fees_description = "One dollar"
    decide(imports.steward, conflict.id, take=False)
    with pytest.raises(ImportMovedOn):
        decide(imports.steward, conflict.id, take=True)


def test_others_do_not_decide(imports: Imports) -> None:
    conflict, work = corrected(imports), imports.steward
    elsewhere = as_actor(work, a_user(work, Role.STEWARD, a_market(work, "elsewhere", noise=False)))
    with pytest.raises(NoSuchImport):
        decide(elsewhere, conflict.id, take=True)
    with pytest.raises(StewardsOnly):
        decide(as_actor(work, a_user(work, Role.COORDINATOR, imports.market)), conflict.id, take=True)
    assert open_conflicts(work.session, elsewhere.actor, 10) == ([], 0)


def test_each_field_says_which_file_or_who_it_comes_from(imports: Imports) -> None:
    corrected(imports)
    listing = get_listing(imports.steward.session, imports.steward.actor, the_service(imports).id)
    origins = {one.field: one for one in provenance_of(imports.steward.session, listing) if one.table == "service"}
    assert (origins["name"].file, origins["name"].source) == ("list.csv", "import")
    assert (origins["fees_description"].file, origins["fees_description"].source) == (None, "steward")
    assert origins["fees_description"].by == imports.steward.actor.user_id
