"""Keep what feeds say: their own history, descriptions of their tables, and the zone that a time was written in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ZONES = (
    ("service", "last_modified_zone"),
    ("service_capacity", "updated_zone"),
    ("schedule", "opens_at_zone"),
    ("schedule", "closes_at_zone"),
)


def upgrade() -> None:
    """Add what feeds say and the inventory could not keep."""
    op.create_table(
        "meta_table_description",
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("language", sa.String(length=100), nullable=True),
        sa.Column("character_set", sa.String(length=100), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_meta_table_description_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meta_table_description")),
    )
    op.create_index(op.f("ix_meta_table_description_market_id"), "meta_table_description", ["market_id"], unique=False)
    op.create_index(op.f("ix_meta_table_description_source_id"), "meta_table_description", ["source_id"], unique=False)
    op.add_column("metadata", sa.Column("source_id", sa.String(length=200), nullable=True))
    op.create_index(op.f("ix_metadata_source_id"), "metadata", ["source_id"], unique=False)
    for table, column in ZONES:
        op.add_column(table, sa.Column(column, sa.String(length=6), nullable=True))


def downgrade() -> None:
    """Take away what feeds say and the inventory could not keep."""
    for table, column in reversed(ZONES):
        op.drop_column(table, column)
    op.drop_index(op.f("ix_metadata_source_id"), table_name="metadata")
    op.drop_column("metadata", "source_id")
    op.drop_table("meta_table_description")
