"""Add episodes with their contacts, stays, assessments and gaps."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Add episodes."""
    op.create_table(
        "episode",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("sealed_place", sa.LargeBinary(), nullable=True),
        sa.Column("doctor", sa.String(length=40), nullable=False),
        sa.Column("doctor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.Column("closed_by", sa.String(length=36), nullable=True),
        sa.Column("sealed_close_note", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_step", sa.String(length=40), nullable=True),
        sa.Column("raised_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", name=op.f("ck_episode_closed")),
        sa.ForeignKeyConstraint(["closed_by"], ["app_user.id"], name=op.f("fk_episode_closed_by")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_episode_market_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_episode_person_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["app_user.id"], name=op.f("fk_episode_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    op.create_index(op.f("ix_episode_discharged_on"), "episode", ["discharged_on"], unique=False)
    op.create_index(op.f("ix_episode_due_at"), "episode", ["due_at"], unique=False)
    op.create_index("ix_episode_market_id_planned_on", "episode", ["market_id", "planned_on"], unique=False)
    op.create_index(op.f("ix_episode_person_id"), "episode", ["person_id"], unique=False)
    op.create_index(op.f("ix_episode_worker_id"), "episode", ["worker_id"], unique=False)
    op.create_index("uq_episode_open", "episode", ["person_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "episode_assessment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_episode_assessment_episode_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["app_user.id"], name=op.f("fk_episode_assessment_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_assessment")),
    )
    op.create_index(op.f("ix_episode_assessment_episode_id"), "episode_assessment", ["episode_id"], unique=False)
    op.create_table(
        "episode_contact",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_by", sa.String(length=36), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_episode_contact_episode_id")),
        sa.ForeignKeyConstraint(["logged_by"], ["app_user.id"], name=op.f("fk_episode_contact_logged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_contact")),
    )
    op.create_index(op.f("ix_episode_contact_episode_id"), "episode_contact", ["episode_id"], unique=False)
    op.create_table(
        "episode_gap",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_what", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_closes", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=36), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.Column("closed_by", sa.String(length=36), nullable=True),
        sa.Column("sealed_close_note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", name=op.f("ck_episode_gap_closed")),
        sa.ForeignKeyConstraint(["closed_by"], ["app_user.id"], name=op.f("fk_episode_gap_closed_by")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_episode_gap_episode_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["app_user.id"], name=op.f("fk_episode_gap_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_gap")),
    )
    op.create_index(op.f("ix_episode_gap_episode_id"), "episode_gap", ["episode_id"], unique=False)
    op.create_table(
        "episode_stay",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed_place", sa.LargeBinary(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name=op.f("ck_episode_stay_order")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_episode_stay_episode_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_stay")),
    )
    op.create_index(op.f("ix_episode_stay_episode_id"), "episode_stay", ["episode_id"], unique=False)


def downgrade() -> None:
    """Take episodes away."""
    op.drop_index(op.f("ix_episode_stay_episode_id"), table_name="episode_stay")
    op.drop_table("episode_stay")
    op.drop_index(op.f("ix_episode_gap_episode_id"), table_name="episode_gap")
    op.drop_table("episode_gap")
    op.drop_index(op.f("ix_episode_contact_episode_id"), table_name="episode_contact")
    op.drop_table("episode_contact")
    op.drop_index(op.f("ix_episode_assessment_episode_id"), table_name="episode_assessment")
    op.drop_table("episode_assessment")
    op.drop_index("uq_episode_open", table_name="episode", sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index(op.f("ix_episode_worker_id"), table_name="episode")
    op.drop_index(op.f("ix_episode_person_id"), table_name="episode")
    op.drop_index("ix_episode_market_id_planned_on", table_name="episode")
    op.drop_index(op.f("ix_episode_due_at"), table_name="episode")
    op.drop_index(op.f("ix_episode_discharged_on"), table_name="episode")
    op.drop_table("episode")
