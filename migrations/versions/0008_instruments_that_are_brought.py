"""Instruments that are brought under their owners' terms, and screenings under way."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember who accepted the terms of an instrument; keep what is answered so far."""
    op.create_table(
        "instrument_terms",
        sa.Column("instrument_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_by", sa.String(length=36), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by"], ["app_user.id"], name=op.f("fk_instrument_terms_accepted_by")),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("fk_instrument_terms_instrument_id")),
        sa.PrimaryKeyConstraint("instrument_id", name=op.f("pk_instrument_terms")),
    )
    op.create_table(
        "screening_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("instrument_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("fk_screening_draft_instrument_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_screening_draft_person_id")),
        sa.ForeignKeyConstraint(["started_by"], ["app_user.id"], name=op.f("fk_screening_draft_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_draft")),
        sa.UniqueConstraint("person_id", "instrument_id", name=op.f("uq_screening_draft_person_id_instrument_id")),
    )


def downgrade() -> None:
    """Forget screenings under way, and who accepted terms."""
    op.drop_table("screening_draft")
    op.drop_table("instrument_terms")
