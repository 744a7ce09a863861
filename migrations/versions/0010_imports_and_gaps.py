"""Add imports as jobs with their mappings and conflicts, and needs for which nothing suitable exists."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core.append_only import protect, unprotect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('mapping', 'looking', 'looked', 'waiting')")
STATES = "state IN ('mapping', 'looking', 'looked', 'waiting', 'done', 'refused', 'failed', 'cancelled')"
APPEND_ONLY = ("unmet_need",)


def upgrade() -> None:
    """Add imports and gaps."""
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_import_mapping_market_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["app_user.id"], name=op.f("fk_import_mapping_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("market_id", "name", name=op.f("uq_import_mapping_market_id_name")),
    )
    op.create_table(
        "import_job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=True),
        sa.Column("skip_bad_rows", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.String(length=36), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_import_job_state")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_import_job_market_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["app_user.id"], name=op.f("fk_import_job_requested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
    )
    op.create_index("ix_import_job_applied", "import_job", ["market_id", "applied_at"], unique=False)
    op.create_index(op.f("ix_import_job_state"), "import_job", ["state"], unique=False)
    op.create_index(
        "uq_import_job_open",
        "import_job",
        ["market_id", "content_hash"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "import_conflict",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("resource_type", sa.String(length=40), nullable=False),
        sa.Column("resource_id", sa.String(length=36), nullable=False),
        sa.Column("field_name", sa.String(length=60), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("theirs_value", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'taken', 'kept')", name=op.f("ck_import_conflict_state")),
        sa.ForeignKeyConstraint(["decided_by"], ["app_user.id"], name=op.f("fk_import_conflict_decided_by")),
        sa.ForeignKeyConstraint(["job_id"], ["import_job.id"], name=op.f("fk_import_conflict_job_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_import_conflict_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_conflict")),
        sa.UniqueConstraint(
            "resource_type",
            "resource_id",
            "field_name",
            name=op.f("uq_import_conflict_resource_type_resource_id_field_name"),
        ),
    )
    op.create_index("ix_import_conflict_market", "import_conflict", ["market_id", "state"], unique=False)
    op.create_table(
        "unmet_need",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_unmet_need_market_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["app_user.id"], name=op.f("fk_unmet_need_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_need")),
    )
    op.create_index("ix_unmet_need_market", "unmet_need", ["market_id", "recorded_at"], unique=False)
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)


def downgrade() -> None:
    """Forget imports and gaps."""
    for table in APPEND_ONLY:
        unprotect(op.get_bind(), table)
    for table in ("unmet_need", "import_conflict", "import_job", "import_mapping"):
        op.drop_table(table)
