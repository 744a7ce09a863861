"""Add how a screening was answered, and visits of people who answer alone by a code."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mode of screenings, and visits."""
    op.add_column("screening", sa.Column("mode", sa.String(length=10), nullable=True))
    op.create_table(
        "screening_visit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["app_user.id"], name=op.f("fk_screening_visit_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_screening_visit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_visit")),
        sa.UniqueConstraint("code_index", name=op.f("uq_screening_visit_code_index")),
    )
    op.create_index("ix_screening_visit_person_id", "screening_visit", ["person_id"], unique=False)


def downgrade() -> None:
    """Take them away; what was answered stays."""
    op.drop_table("screening_visit")
    op.drop_column("screening", "mode")
