"""Add the fact behind a no, restricted handoffs, appointments, codes to follow, information, what was learnt."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; what is there already was asked for without them."""
    op.add_column("handoff_status", sa.Column("fact", sa.String(length=40), nullable=True))
    op.add_column("referral", sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("referral", sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact_route", sa.Column("sealed_proxy", sa.LargeBinary(), nullable=True))
    op.add_column("app_user", sa.Column("call_phone", sa.String(length=60), nullable=True))
    op.add_column("app_user", sa.Column("call_hours", sa.String(length=120), nullable=True))
    _following()
    _information()
    _track_record()


def downgrade() -> None:
    """Take them away; a code that was given out finds nothing from then on."""
    for table in ("track_record", "information_given", "follow_try", "follow_code"):
        op.drop_table(table)
    for table, column in (
        ("app_user", "call_hours"),
        ("app_user", "call_phone"),
        ("contact_route", "sealed_proxy"),
        ("referral", "appointment_at"),
        ("referral", "restricted"),
        ("handoff_status", "fact"),
    ):
        op.drop_column(table, column)


def _following() -> None:
    op.create_table(
        "follow_code",
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_follow_code_referral_id")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_follow_code")),
        sa.UniqueConstraint("code_index", name=op.f("uq_follow_code_code_index")),
    )
    op.create_table(
        "follow_try",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_follow_try")),
    )


def _information() -> None:
    op.create_table(
        "information_given",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["app_user.id"], name=op.f("fk_information_given_given_by")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_information_given_market_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_information_given_person_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_information_given_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_given")),
    )
    op.create_index("ix_information_given_market", "information_given", ["market_id", "given_at"], unique=False)
    op.create_index(op.f("ix_information_given_person_id"), "information_given", ["person_id"], unique=False)


def _track_record() -> None:
    sums = ("answers", "answer_hours", "contacted_known", "contacted", "received_known", "received", "met_known", "met")
    op.create_table(
        "track_record",
        sa.Column("service_at_location_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in sums),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contacted <= contacted_known AND received <= received_known AND met <= met_known",
            name=op.f("ck_track_record_shares"),
        ),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_track_record_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_track_record_service_at_location_id"),
        ),
        sa.PrimaryKeyConstraint("service_at_location_id", "need", name=op.f("pk_track_record")),
    )
    op.create_index(op.f("ix_track_record_market_id"), "track_record", ["market_id"], unique=False)
