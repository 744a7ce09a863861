"""Add pairs that may be the same, merges, and where a merged record went."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MERGEABLE = ("organization", "location", "service", "service_at_location")


def upgrade() -> None:
    """Add what is known about duplicates."""
    for table in MERGEABLE:
        op.add_column(table, sa.Column("merged_into", sa.String(length=36), nullable=True))
        op.create_index(op.f(f"ix_{table}_merged_into"), table, ["merged_into"], unique=False)
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_duplicate_pair_market_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["app_user.id"], name=op.f("fk_duplicate_pair_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("kind", "first_id", "second_id", name=op.f("uq_duplicate_pair_kind_first_id_second_id")),
    )
    op.create_index(op.f("ix_duplicate_pair_second_id"), "duplicate_pair", ["second_id"], unique=False)
    op.create_index("ix_duplicate_pair_queue", "duplicate_pair", ["market_id", "status"], unique=False)
    op.create_table(
        "record_merge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("kept_id", sa.String(length=36), nullable=False),
        sa.Column("gone_id", sa.String(length=36), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(length=36), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_record_merge_market_id")),
        sa.ForeignKeyConstraint(["merged_by"], ["app_user.id"], name=op.f("fk_record_merge_merged_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["app_user.id"], name=op.f("fk_record_merge_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_merge")),
    )
    for column in ("market_id", "kept_id", "gone_id"):
        op.create_index(op.f(f"ix_record_merge_{column}"), "record_merge", [column], unique=False)


def downgrade() -> None:
    """Forget what is known about duplicates; merged records are listed again."""
    op.drop_table("record_merge")
    op.drop_table("duplicate_pair")
    for table in MERGEABLE:
        op.drop_index(op.f(f"ix_{table}_merged_into"), table_name=table)
        op.drop_column(table, "merged_into")
