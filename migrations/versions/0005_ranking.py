"""Add what the ranking remembers: acceptance, prices, lists that were chosen from, changes of room."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core.append_only import protect, unprotect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("referral_ranking",)


def upgrade() -> None:
    """Add what the ranking remembers."""
    op.create_table(
        "acceptance",
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("answered", sa.Double(), nullable=False),
        sa.Column("accepted", sa.Double(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("accepted >= 0 AND accepted <= answered", name=op.f("ck_acceptance_accepted")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_acceptance_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_acceptance_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("service_at_location_id", "need", name=op.f("pk_acceptance")),
    )
    op.create_index(op.f("ix_acceptance_market_id"), "acceptance", ["market_id"], unique=False)
    op.create_table(
        "place_price",
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("price", sa.Double(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_price", sa.Double(), nullable=True),
        sa.Column("set_by", sa.String(length=36), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("price >= 0 AND (set_price IS NULL OR set_price >= 0)", name=op.f("ck_place_price_price")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_place_price_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_place_price_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["set_by"], ["app_user.id"], name=op.f("fk_place_price_set_by")),
        sa.PrimaryKeyConstraint("service_at_location_id", name=op.f("pk_place_price")),
    )
    op.create_index(op.f("ix_place_price_market_id"), "place_price", ["market_id"], unique=False)
    op.create_table(
        "zero_result",
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_zero_result_market_id")),
        sa.PrimaryKeyConstraint("market_id", "need", "day", name=op.f("pk_zero_result")),
    )
    op.create_table(
        "referral_ranking",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("policy", sa.String(length=30), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("price", sa.Double(), nullable=False),
        sa.Column("propensity", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_ranking_referral_id")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral_ranking")),
    )
    op.add_column("room", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_room_changes", "room", ["market_id", "changed_at"], unique=False)
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)


def downgrade() -> None:
    """Forget what the ranking remembers."""
    for table in APPEND_ONLY:
        unprotect(op.get_bind(), table)
    op.drop_index("ix_room_changes", table_name="room")
    op.drop_column("room", "changed_at")
    for table in ("referral_ranking", "zero_result", "place_price", "acceptance"):
        op.drop_table(table)
