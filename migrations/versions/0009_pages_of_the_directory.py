"""Walk through the directory page by page, and say when it changed last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_service_market_id_id", "service", ["market_id", "id"]),
    ("ix_organization_market_id_id", "organization", ["market_id", "id"]),
    ("ix_service_at_location_market_id_id", "service_at_location", ["market_id", "id"]),
    ("ix_attribute_link_id", "attribute", ["link_id"]),
    ("ix_metadata_resource_id", "metadata", ["resource_id"]),
)


def upgrade() -> None:
    """Add the indexes that pages walk along, and the day of a market's last change."""
    op.add_column("market", sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True))
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    """Take the indexes and the day away."""
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("market", "revised_at")
