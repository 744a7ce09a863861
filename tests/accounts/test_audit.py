"""The audit log is one chain per market, and a row that was changed or taken away is named."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from resource_hub.accounts import audit
from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import AuditEntry, BrokenLink
from resource_hub.accounts.work import Work

CREATED = AuditEntry("listing.created", "service", "s-1", (("field", "name"),))


def written(work: Work, market_id: str = "m-1", rows: int = 3) -> None:
    for _ in range(rows):
        audit.record(work, CREATED, market_id=market_id)


def without_triggers(work: Work) -> None:
    if work.session.get_bind().dialect.name == "sqlite":
        work.session.execute(text("DROP TRIGGER audit_row_no_update"))
        work.session.execute(text("DROP TRIGGER audit_row_no_delete"))
    else:
        work.session.execute(text("ALTER TABLE audit_row DISABLE TRIGGER ALL"))


def test_an_untouched_chain_is_whole(work: Work) -> None:
    written(work, "m-1")
    written(work, "m-2")

    assert audit.verify(work.session, work.vault) == []


def test_the_database_refuses_to_change_a_row(work: Work) -> None:
    written(work)

    with pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(update(AuditRow).values(action="listing.deleted"))


def test_a_changed_row_is_named(work: Work) -> None:
    written(work, "m-1")
    written(work, "m-2")
    without_triggers(work)
    work.session.execute(
        update(AuditRow).where(AuditRow.chain == "m-2", AuditRow.position == 2).values(action="listing.deleted")
    )

    assert audit.verify(work.session, work.vault) == [BrokenLink("m-2", 2, "changed")]


@pytest.mark.parametrize("position", [1, 2, 3])
def test_a_missing_row_is_named_also_at_the_end(work: Work, position: int) -> None:
    written(work)
    without_triggers(work)
    work.session.execute(delete(AuditRow).where(AuditRow.position == position))

    assert audit.verify(work.session, work.vault) == [BrokenLink("m-1", position, "missing")]
