"""Create people, consent and screening."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create people, consent and screening."""
    op.create_table(
        "instrument",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_instrument_name_version")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("record_number_index", sa.String(length=64), nullable=True),
        sa.Column("sealed_record_number", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_birth", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_postal_code", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_language", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["app_user.id"], name=op.f("fk_person_changed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_person_created_by")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_person_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("market_id", "record_number_index", name=op.f("uq_person_market_id_record_number_index")),
    )
    op.create_index(op.f("ix_person_market_id"), "person", ["market_id"], unique=False)
    op.create_index("ix_person_created_by_changed_at", "person", ["created_by", "changed_at"], unique=False)
    op.create_index("ix_person_changed_by_changed_at", "person", ["changed_by", "changed_at"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("how_given", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_consent_organization_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["app_user.id"], name=op.f("fk_consent_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_organization_id"), "consent", ["organization_id"], unique=False)
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "contact_route",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("safe_to_leave_message", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_route_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_route")),
    )
    op.create_index(op.f("ix_contact_route_person_id"), "contact_route", ["person_id"], unique=False)
    op.create_table(
        "person_fact",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_fact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_fact")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_person_fact_person_id_name")),
    )
    op.create_index(op.f("ix_person_fact_person_id"), "person_fact", ["person_id"], unique=False)
    op.create_table(
        "screening",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("instrument_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("fk_screening_instrument_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_screening_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["app_user.id"], name=op.f("fk_screening_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_index(op.f("ix_screening_person_id"), "screening", ["person_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("wants_help", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("screening_id", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_person_id")),
        sa.ForeignKeyConstraint(["screening_id"], ["screening.id"], name=op.f("fk_need_screening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("person_id", "code", name=op.f("uq_need_person_id_code")),
    )
    op.create_index(op.f("ix_need_person_id"), "need", ["person_id"], unique=False)
    op.create_table(
        "social_risk",
        sa.Column("screening_id", sa.String(length=36), nullable=False),
        sa.Column("domain", sa.String(length=60), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["screening_id"], ["screening.id"], name=op.f("fk_social_risk_screening_id")),
        sa.PrimaryKeyConstraint("screening_id", "domain", name=op.f("pk_social_risk")),
    )


def downgrade() -> None:
    """Drop what `upgrade` created."""
    op.drop_table("social_risk")
    op.drop_index(op.f("ix_need_person_id"), table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_screening_person_id"), table_name="screening")
    op.drop_table("screening")
    op.drop_index(op.f("ix_person_fact_person_id"), table_name="person_fact")
    op.drop_table("person_fact")
    op.drop_index(op.f("ix_contact_route_person_id"), table_name="contact_route")
    op.drop_table("contact_route")
    op.drop_index(op.f("ix_consent_person_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_organization_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_person_changed_by_changed_at", table_name="person")
    op.drop_index("ix_person_created_by_changed_at", table_name="person")
    op.drop_index(op.f("ix_person_market_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("instrument")
