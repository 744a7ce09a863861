"""Let partners record people and send them: to the care team of a market, or to another organization."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ADDED = (("person", "organization_id"), ("referral", "sending_organization_id"))


def upgrade() -> None:
    """Add the care teams, who sent a handoff, and which organization recorded a person."""
    op.create_table(
        "care_team",
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_care_team_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_care_team_organization_id")),
        sa.PrimaryKeyConstraint("market_id", name=op.f("pk_care_team")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_care_team_organization_id")),
    )
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.String(length=36), nullable=True))
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def downgrade() -> None:
    """Take them away."""
    for table, column in ADDED:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.drop_column(table, column)
    op.drop_table("care_team")
