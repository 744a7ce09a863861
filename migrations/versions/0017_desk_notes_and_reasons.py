"""Add why a handoff went another way than the list advised, notes about services, and work that is put off."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("referral_ranking", sa.Column("above", sa.Integer(), nullable=True))
    op.add_column("referral", sa.Column("override_reason", sa.String(length=40), nullable=True))
    op.create_table(
        "service_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_note_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"], ["service_at_location.id"], name=op.f("fk_service_note_service_at_location_id")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["app_user.id"], name=op.f("fk_service_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_note")),
        sa.UniqueConstraint(
            "service_at_location_id", "written_by", name=op.f("uq_service_note_service_at_location_id_written_by")
        ),
    )
    op.create_index("ix_service_note_market_id", "service_note", ["market_id"], unique=False)
    op.create_index("ix_service_note_written_by", "service_note", ["written_by"], unique=False)
    op.create_table(
        "put_off",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_off_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_put_off_referral_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_put_off_user_id")),
        sa.PrimaryKeyConstraint("referral_id", "user_id", name=op.f("pk_put_off")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("put_off")
    op.drop_table("service_note")
    op.drop_column("referral", "override_reason")
    op.drop_column("referral_ranking", "above")
