"""Let an open restricted handoff stand in nobody else's way, so that no refusal tells of it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_IS_OPEN = "status IN ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')"
_PAIR = ["person_id", "service_at_location_id"]


def upgrade() -> None:
    """Keep the key for what everybody sees, and give restricted handoffs one for each sender."""
    op.drop_index("uq_referral_open", table_name="referral")
    _unique("uq_referral_open", _PAIR, f"{_IS_OPEN} AND NOT restricted")
    _unique("uq_referral_open_restricted", [*_PAIR, "requested_by"], f"{_IS_OPEN} AND restricted")


def downgrade() -> None:
    """Have one key for all again; refused while two senders have an open one for the same person and place."""
    op.drop_index("uq_referral_open_restricted", table_name="referral")
    op.drop_index("uq_referral_open", table_name="referral")
    _unique("uq_referral_open", _PAIR, _IS_OPEN)


def _unique(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "referral", columns, unique=True, sqlite_where=condition, postgresql_where=condition)
