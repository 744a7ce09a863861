"""Add suggested needs, what stewards decided in bulk, and points that were looked up by address."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add suggestions, bulk decisions and geocoding."""
    op.add_column("location", sa.Column("point_source", sa.String(length=20), nullable=True))
    op.create_table(
        "service_need_suggestion",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1", name=op.f("ck_service_need_suggestion_probability")
        ),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_need_suggestion_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_need_suggestion_service_id")),
        sa.PrimaryKeyConstraint("service_id", "need", name=op.f("pk_service_need_suggestion")),
    )
    op.create_index(
        "ix_service_need_suggestion_market_id", "service_need_suggestion", ["market_id", "status", "need"], unique=False
    )
    op.create_table(
        "suggestion_run",
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_suggestion_run_market_id")),
        sa.PrimaryKeyConstraint("market_id", name=op.f("pk_suggestion_run")),
    )
    op.create_table(
        "bulk_decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["app_user.id"], name=op.f("fk_bulk_decision_decided_by")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_bulk_decision_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_decision")),
    )
    op.create_index("ix_bulk_decision_market_id", "bulk_decision", ["market_id", "kind", "decided_at"], unique=False)
    op.create_table(
        "geocoded_address",
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("geocoder", sa.String(length=20), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("looked_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", "geocoder", name=op.f("pk_geocoded_address")),
    )


def downgrade() -> None:
    """Take them away; a point that was not given by the source goes, for it would look like a given one."""
    op.execute("UPDATE location SET latitude = NULL, longitude = NULL WHERE point_source IS NOT NULL")
    for table in ("geocoded_address", "bulk_decision", "suggestion_run", "service_need_suggestion"):
        op.drop_table(table)
    op.drop_column("location", "point_source")
