"""Seal where the answer to a repeated request leads: an address can hold what opens something."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the sealed address; the plain one is still read for the days that earlier answers are kept."""
    op.add_column("idempotency_record", sa.Column("sealed_location", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take it away again; a repetition of what was answered meanwhile leads nowhere."""
    op.drop_column("idempotency_record", "sealed_location")
