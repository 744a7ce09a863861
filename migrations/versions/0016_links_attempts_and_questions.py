"""Add links for partners without accounts, attempts to reach people, questions, and proposals of the next best."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core.append_only import protect, unprotect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and which handoff a notice is about."""
    op.add_column("notice", sa.Column("handoff_id", sa.String(length=36), nullable=True))
    op.create_table(
        "handoff_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("token_index", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_handoff_link_created_by")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_handoff_link_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_link")),
        sa.UniqueConstraint("token_index", name=op.f("uq_handoff_link_token_index")),
    )
    op.create_index("ix_handoff_link_referral_id", "handoff_link", ["referral_id"], unique=False)
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=True),
        sa.Column("made_as", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_contact_attempt_made_by")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_contact_attempt_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index("ix_contact_attempt_referral_id", "contact_attempt", ["referral_id"], unique=False)
    op.create_table(
        "handoff_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=True),
        sa.Column("written_as", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_handoff_message_referral_id")),
        sa.ForeignKeyConstraint(["written_by"], ["app_user.id"], name=op.f("fk_handoff_message_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_message")),
    )
    op.create_index("ix_handoff_message_referral_id", "handoff_message", ["referral_id"], unique=False)
    op.create_table(
        "next_best",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_next_best_referral_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"], ["service_at_location.id"], name=op.f("fk_next_best_service_at_location_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_next_best")),
    )
    for table in ("contact_attempt", "handoff_message"):
        protect(op.get_bind(), table)


def downgrade() -> None:
    """Take them away."""
    for table in ("contact_attempt", "handoff_message"):
        unprotect(op.get_bind(), table)
    for table in ("next_best", "handoff_message", "contact_attempt", "handoff_link"):
        op.drop_table(table)
    op.drop_column("notice", "handoff_id")
