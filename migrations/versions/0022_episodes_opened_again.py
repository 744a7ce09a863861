"""Add that episodes are opened again, with how they had been closed."""

import sqlalchemy as sa
from alembic import op

from resource_hub.core import append_only

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the rows, which never change."""
    op.create_table(
        "episode_reopening",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_as", sa.String(length=40), nullable=False),
        sa.Column("closed_by", sa.String(length=36), nullable=True),
        sa.Column("sealed_close_note", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["app_user.id"], name=op.f("fk_episode_reopening_closed_by")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_episode_reopening_episode_id")),
        sa.ForeignKeyConstraint(["reopened_by"], ["app_user.id"], name=op.f("fk_episode_reopening_reopened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_reopening")),
    )
    op.create_index(op.f("ix_episode_reopening_episode_id"), "episode_reopening", ["episode_id"], unique=False)
    append_only.protect(op.get_bind(), "episode_reopening")


def downgrade() -> None:
    """Take them away; an episode that was opened again stays open."""
    append_only.unprotect(op.get_bind(), "episode_reopening")
    op.drop_index(op.f("ix_episode_reopening_episode_id"), table_name="episode_reopening")
    op.drop_table("episode_reopening")
