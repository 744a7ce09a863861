"""Add when a person is best reached, as a field of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the sealed time to contact routes; what stands in notes stays there, for nobody can tell it apart."""
    op.add_column("contact_route", sa.Column("sealed_best_time", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("contact_route", "sealed_best_time")
