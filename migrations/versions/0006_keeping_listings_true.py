"""Add what keeps listings true: error reports, calls, claims, links for organizations; and where a notice leads."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core.append_only import protect, unprotect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("check_attempt",)


def upgrade() -> None:
    """Add what keeps listings true."""
    op.create_table(
        "error_report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("open_key", sa.String(length=60), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("resolution", sa.String(length=30), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_error_report_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_error_report_service_id")),
        sa.ForeignKeyConstraint(["resolved_by"], ["app_user.id"], name=op.f("fk_error_report_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_report")),
        sa.UniqueConstraint("open_key", name=op.f("uq_error_report_open_key")),
    )
    op.create_index(op.f("ix_error_report_market_id"), "error_report", ["market_id"], unique=False)
    op.create_index(op.f("ix_error_report_service_id"), "error_report", ["service_id"], unique=False)
    op.create_table(
        "error_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("report_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["error_report.id"], name=op.f("fk_error_note_report_id")),
        sa.ForeignKeyConstraint(["written_by"], ["app_user.id"], name=op.f("fk_error_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_note")),
    )
    op.create_index(op.f("ix_error_note_report_id"), "error_note", ["report_id"], unique=False)
    op.create_table(
        "check_attempt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_check_attempt_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_check_attempt_service_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_check_attempt_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_attempt")),
    )
    op.create_index("ix_check_attempt_market", "check_attempt", ["market_id", "at"], unique=False)
    op.create_index(op.f("ix_check_attempt_service_id"), "check_attempt", ["service_id"], unique=False)
    op.create_table(
        "call_claim",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_call_claim_service_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_call_claim_user_id")),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_call_claim")),
    )
    op.create_index(op.f("ix_call_claim_user_id"), "call_claim", ["user_id"], unique=False)
    op.create_table(
        "check_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_check_link_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_check_link_organization_id")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_check_link_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_link")),
    )
    op.create_index(op.f("ix_check_link_market_id"), "check_link", ["market_id"], unique=False)
    op.create_index(op.f("ix_check_link_organization_id"), "check_link", ["organization_id"], unique=False)
    op.add_column("notice", sa.Column("path", sa.String(length=200), nullable=True))
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)


def downgrade() -> None:
    """Forget what keeps listings true."""
    for table in APPEND_ONLY:
        unprotect(op.get_bind(), table)
    op.drop_column("notice", "path")
    for table in ("check_link", "call_claim", "check_attempt", "error_note", "error_report"):
        op.drop_table(table)
