"""Add which handoffs were asked for to close a gap of an episode."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the links; for gaps that there are none is known, because what a gap is about is sealed."""
    op.create_table(
        "episode_gap_handoff",
        sa.Column("gap_id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["episode_gap.id"], name=op.f("fk_episode_gap_handoff_gap_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_episode_gap_handoff_referral_id")),
        sa.PrimaryKeyConstraint("gap_id", "referral_id", name=op.f("pk_episode_gap_handoff")),
    )
    op.create_index(op.f("ix_episode_gap_handoff_referral_id"), "episode_gap_handoff", ["referral_id"], unique=False)


def downgrade() -> None:
    """Take the links away; gaps and handoffs stay."""
    op.drop_index(op.f("ix_episode_gap_handoff_referral_id"), table_name="episode_gap_handoff")
    op.drop_table("episode_gap_handoff")
