"""Create capacity, holds and referrals."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core.append_only import protect, unprotect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("capacity_statement", "handoff_status", "outcome")
OPEN = sa.text("status IN ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')")


def upgrade() -> None:
    """Create capacity, holds and referrals."""
    op.create_table(
        "capacity_statement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("stated_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_capacity_statement_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["stated_by"], ["app_user.id"], name=op.f("fk_capacity_statement_stated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_statement")),
    )
    op.create_index(
        op.f("ix_capacity_statement_service_at_location_id"),
        "capacity_statement",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("consent_id", sa.String(length=36), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("urgency", sa.String(length=20), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("policy", sa.String(length=30), nullable=True),
        sa.Column("requested_by", sa.String(length=36), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raised_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_referral_consent_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_referral_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_referral_organization_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["app_user.id"], name=op.f("fk_referral_requested_by")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_referral_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_due_at"), "referral", ["due_at"], unique=False)
    op.create_index(op.f("ix_referral_market_id"), "referral", ["market_id"], unique=False)
    op.create_index(op.f("ix_referral_organization_id"), "referral", ["organization_id"], unique=False)
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"], unique=False)
    op.create_index(op.f("ix_referral_requested_by"), "referral", ["requested_by"], unique=False)
    op.create_index(op.f("ix_referral_status"), "referral", ["status"], unique=False)
    op.create_index(
        "uq_referral_open",
        "referral",
        ["person_id", "service_at_location_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "room",
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("free", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("free >= 0", name=op.f("ck_room_free")),
        sa.CheckConstraint("maximum IS NULL OR free <= maximum", name=op.f("ck_room_maximum")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_room_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_room_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("service_at_location_id", name=op.f("pk_room")),
    )
    op.create_index(op.f("ix_room_market_id"), "room", ["market_id"], unique=False)
    op.create_table(
        "handoff_status",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("sealed_comment", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=True),
        sa.Column("set_as", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_handoff_status_referral_id")),
        sa.ForeignKeyConstraint(["set_by"], ["app_user.id"], name=op.f("fk_handoff_status_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_status")),
        sa.UniqueConstraint("referral_id", "position", name=op.f("uq_handoff_status_referral_id_position")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('held', 'waiting', 'used', 'released', 'expired')", name=op.f("ck_hold_state")),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_hold_referral_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_hold_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_hold_referral_id")),
    )
    op.create_index(op.f("ix_hold_expires_at"), "hold", ["expires_at"], unique=False)
    op.create_index(op.f("ix_hold_service_at_location_id"), "hold", ["service_at_location_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("contacted", sa.String(length=10), nullable=False),
        sa.Column("received", sa.String(length=10), nullable=False),
        sa.Column("need_met", sa.String(length=10), nullable=False),
        sa.Column("experience", sa.String(length=10), nullable=False),
        sa.Column("reported_by", sa.String(length=36), nullable=True),
        sa.Column("reported_as", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("contacted IN ('yes', 'no', 'unknown')", name=op.f("ck_outcome_contacted")),
        sa.CheckConstraint("experience IN ('good', 'mixed', 'bad', 'unknown')", name=op.f("ck_outcome_experience")),
        sa.CheckConstraint("need_met IN ('yes', 'partly', 'no', 'unknown')", name=op.f("ck_outcome_need_met")),
        sa.CheckConstraint("received IN ('yes', 'no', 'unknown')", name=op.f("ck_outcome_received")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_outcome_referral_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["app_user.id"], name=op.f("fk_outcome_reported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_referral_id"), "outcome", ["referral_id"], unique=False)
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)


def downgrade() -> None:
    """Drop what `upgrade` created."""
    for table in APPEND_ONLY:
        unprotect(op.get_bind(), table)
    op.drop_index(op.f("ix_outcome_referral_id"), table_name="outcome")
    op.drop_table("outcome")
    op.drop_index(op.f("ix_hold_service_at_location_id"), table_name="hold")
    op.drop_index(op.f("ix_hold_expires_at"), table_name="hold")
    op.drop_table("hold")
    op.drop_table("handoff_status")
    op.drop_index(op.f("ix_room_market_id"), table_name="room")
    op.drop_table("room")
    op.drop_index("uq_referral_open", table_name="referral")
    op.drop_index(op.f("ix_referral_status"), table_name="referral")
    op.drop_index(op.f("ix_referral_requested_by"), table_name="referral")
    op.drop_index(op.f("ix_referral_person_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_organization_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_market_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_due_at"), table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_capacity_statement_service_at_location_id"), table_name="capacity_statement")
    op.drop_table("capacity_statement")
