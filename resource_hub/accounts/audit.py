"""The audit log: append-only, chained by a keyed hash, one chain per market and one for the installation."""

import json

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import AuditChain, AuditRow
from resource_hub.accounts.values import AuditEntry, BrokenLink
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Vault

INSTALLATION = "installation"
_PURPOSE = "audit"


def record(work: Work, entry: AuditEntry, *, market_id: str | None = None) -> None:
    """Append a row to the market's chain, or to the installation's. Call it last: it makes the chain's writers wait."""
    chain = _head_for_update(work.session, market_id or INSTALLATION)
    row = AuditRow(
        id=work.new_id(),
        chain=chain.name,
        position=chain.length + 1,
        at=work.now,
        actor_id=work.actor.user_id,
        actor_role=work.actor.role,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        detail=dict(entry.detail),
        previous=chain.head,
        mac="",
    )
    row.mac = work.vault.mac(_content(row), _PURPOSE)
    work.session.add(row)
    chain.length, chain.head = row.position, row.mac
    work.session.flush()


def verify(session: Session, vault: Vault) -> list[BrokenLink]:
    """Return the first bad row of each chain that is broken; an empty list means that all is well."""
    chains = session.scalars(select(AuditChain).order_by(AuditChain.name))
    return [broken for chain in chains if (broken := _first_broken(session, vault, chain))]


def _first_broken(session: Session, vault: Vault, chain: AuditChain) -> BrokenLink | None:
    previous, position = "", 0
    with _rows(session, chain.name) as rows:
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                return BrokenLink(chain.name, position, "missing")
            if row.previous != previous or not vault.mac_agrees(row.mac, _content(row), _PURPOSE):
                return BrokenLink(chain.name, position, "changed")
            previous = row.mac
    if (position, previous) != (chain.length, chain.head):
        return BrokenLink(chain.name, position + 1, "missing")
    return None


def _rows(session: Session, chain: str) -> ScalarResult[AuditRow]:
    query = select(AuditRow).where(AuditRow.chain == chain).order_by(AuditRow.position)
    return session.scalars(query.execution_options(yield_per=1000))


def _head_for_update(session: Session, name: str) -> AuditChain:
    insert_new(session, AuditChain, {"name": name, "length": 0, "head": ""})
    query = select(AuditChain).where(AuditChain.name == name).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _content(row: AuditRow) -> str:
    parts = (
        row.chain,
        row.position,
        row.at.isoformat(),
        row.actor_id,
        row.actor_role,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.detail,
        row.previous,
    )
    return json.dumps(parts, sort_keys=True)
