"""Create the inventory."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the inventory."""
    op.create_table(
        "market",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market")),
        sa.UniqueConstraint("slug", name=op.f("uq_market_slug")),
    )
    op.create_table(
        "market_area",
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_market_area_market_id")),
        sa.PrimaryKeyConstraint("market_id", "kind", "value", name=op.f("pk_market_area")),
    )
    op.create_table(
        "metadata",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("resource_type", sa.String(length=40), nullable=False),
        sa.Column("resource_id", sa.String(length=36), nullable=False),
        sa.Column("last_action_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_action_type", sa.String(length=20), nullable=False),
        sa.Column("field_name", sa.String(length=60), nullable=False),
        sa.Column("previous_value", sa.String(), nullable=False),
        sa.Column("replacement_value", sa.String(), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_metadata_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metadata")),
    )
    op.create_index(op.f("ix_metadata_market_id"), "metadata", ["market_id"], unique=False)
    op.create_index("ix_metadata_resource", "metadata", ["resource_type", "resource_id"], unique=False)
    op.create_table(
        "organization",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("alternate_name", sa.String(length=500), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("email", sa.String(length=500), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("tax_status", sa.String(length=500), nullable=True),
        sa.Column("tax_id", sa.String(length=500), nullable=True),
        sa.Column("year_incorporated", sa.Integer(), nullable=True),
        sa.Column("legal_status", sa.String(length=500), nullable=True),
        sa.Column("logo", sa.String(length=500), nullable=True),
        sa.Column("uri", sa.String(length=500), nullable=True),
        sa.Column("parent_organization_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_organization_market_id")),
        sa.ForeignKeyConstraint(
            ["parent_organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_parent_organization_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_index(op.f("ix_organization_market_id"), "organization", ["market_id"], unique=False)
    op.create_index(op.f("ix_organization_source_id"), "organization", ["source_id"], unique=False)
    op.create_table(
        "taxonomy",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("uri", sa.String(length=500), nullable=True),
        sa.Column("version", sa.String(length=60), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_taxonomy_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy")),
    )
    op.create_index(op.f("ix_taxonomy_market_id"), "taxonomy", ["market_id"], unique=False)
    op.create_index(op.f("ix_taxonomy_source_id"), "taxonomy", ["source_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("scheme", sa.String(length=500), nullable=True),
        sa.Column("identifier", sa.String(length=500), nullable=True),
        sa.Column("uri", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_unit_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_market_id"), "unit", ["market_id"], unique=False)
    op.create_index(op.f("ix_unit_source_id"), "unit", ["source_id"], unique=False)
    op.create_table(
        "location",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("location_type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("alternate_name", sa.String(length=500), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("transportation", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("external_identifier", sa.String(length=500), nullable=True),
        sa.Column("external_identifier_type", sa.String(length=500), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_location_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_location_longitude")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_location_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_location_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(op.f("ix_location_market_id"), "location", ["market_id"], unique=False)
    op.create_index(op.f("ix_location_organization_id"), "location", ["organization_id"], unique=False)
    op.create_index(op.f("ix_location_source_id"), "location", ["source_id"], unique=False)
    op.create_table(
        "organization_identifier",
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("identifier_scheme", sa.String(length=500), nullable=True),
        sa.Column("identifier_type", sa.String(length=500), nullable=False),
        sa.Column("identifier", sa.String(length=500), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_organization_identifier_market_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_identifier_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_identifier")),
    )
    op.create_index(
        op.f("ix_organization_identifier_market_id"), "organization_identifier", ["market_id"], unique=False
    )
    op.create_index(
        op.f("ix_organization_identifier_organization_id"),
        "organization_identifier",
        ["organization_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organization_identifier_source_id"), "organization_identifier", ["source_id"], unique=False
    )
    op.create_table(
        "program",
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("alternate_name", sa.String(length=500), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_program_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_program_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
    )
    op.create_index(op.f("ix_program_market_id"), "program", ["market_id"], unique=False)
    op.create_index(op.f("ix_program_organization_id"), "program", ["organization_id"], unique=False)
    op.create_index(op.f("ix_program_source_id"), "program", ["source_id"], unique=False)
    op.create_table(
        "taxonomy_term",
        sa.Column("taxonomy_id", sa.String(length=36), nullable=True),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("taxonomy", sa.String(length=500), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("term_uri", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_taxonomy_term_market_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["taxonomy_term.id"], name=op.f("fk_taxonomy_term_parent_id")),
        sa.ForeignKeyConstraint(["taxonomy_id"], ["taxonomy.id"], name=op.f("fk_taxonomy_term_taxonomy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_term")),
    )
    op.create_index(op.f("ix_taxonomy_term_code"), "taxonomy_term", ["code"], unique=False)
    op.create_index(op.f("ix_taxonomy_term_market_id"), "taxonomy_term", ["market_id"], unique=False)
    op.create_index(op.f("ix_taxonomy_term_source_id"), "taxonomy_term", ["source_id"], unique=False)
    op.create_index(op.f("ix_taxonomy_term_taxonomy_id"), "taxonomy_term", ["taxonomy_id"], unique=False)
    op.create_table(
        "accessibility",
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("details", sa.String(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_accessibility_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_accessibility_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility")),
    )
    op.create_index(op.f("ix_accessibility_location_id"), "accessibility", ["location_id"], unique=False)
    op.create_index(op.f("ix_accessibility_market_id"), "accessibility", ["market_id"], unique=False)
    op.create_index(op.f("ix_accessibility_source_id"), "accessibility", ["source_id"], unique=False)
    op.create_table(
        "address",
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("attention", sa.String(length=500), nullable=True),
        sa.Column("address_1", sa.String(length=500), nullable=False),
        sa.Column("address_2", sa.String(length=500), nullable=True),
        sa.Column("city", sa.String(length=500), nullable=False),
        sa.Column("region", sa.String(length=500), nullable=True),
        sa.Column("state_province", sa.String(length=500), nullable=False),
        sa.Column("postal_code", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("address_type", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_address_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_address_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_location_id"), "address", ["location_id"], unique=False)
    op.create_index(op.f("ix_address_market_id"), "address", ["market_id"], unique=False)
    op.create_index(op.f("ix_address_source_id"), "address", ["source_id"], unique=False)
    op.create_table(
        "attribute",
        sa.Column("link_id", sa.String(length=36), nullable=False),
        sa.Column("link_entity", sa.String(length=40), nullable=False),
        sa.Column("link_type", sa.String(length=60), nullable=True),
        sa.Column("taxonomy_term_id", sa.String(length=36), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("label", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_attribute_market_id")),
        sa.ForeignKeyConstraint(["taxonomy_term_id"], ["taxonomy_term.id"], name=op.f("fk_attribute_taxonomy_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
    )
    op.create_index("ix_attribute_link", "attribute", ["link_entity", "link_id"], unique=False)
    op.create_index(op.f("ix_attribute_market_id"), "attribute", ["market_id"], unique=False)
    op.create_index(op.f("ix_attribute_source_id"), "attribute", ["source_id"], unique=False)
    op.create_index(op.f("ix_attribute_taxonomy_term_id"), "attribute", ["taxonomy_term_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("program_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("alternate_name", sa.String(length=500), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("email", sa.String(length=500), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("interpretation_services", sa.String(), nullable=True),
        sa.Column("application_process", sa.String(), nullable=True),
        sa.Column("fees_description", sa.String(), nullable=True),
        sa.Column("wait_time", sa.String(), nullable=True),
        sa.Column("fees", sa.String(), nullable=True),
        sa.Column("accreditations", sa.String(), nullable=True),
        sa.Column("eligibility_description", sa.String(), nullable=True),
        sa.Column("minimum_age", sa.Double(), nullable=True),
        sa.Column("maximum_age", sa.Double(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=True),
        sa.Column("assurer_email", sa.String(length=500), nullable=True),
        sa.Column("licenses", sa.String(), nullable=True),
        sa.Column("alert", sa.String(), nullable=True),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_service_organization_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_service_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_market_id"), "service", ["market_id"], unique=False)
    op.create_index(op.f("ix_service_organization_id"), "service", ["organization_id"], unique=False)
    op.create_index(op.f("ix_service_source_id"), "service", ["source_id"], unique=False)
    op.create_table(
        "cost_option",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("option", sa.String(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("amount_description", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_cost_option_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_cost_option_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_option")),
    )
    op.create_index(op.f("ix_cost_option_market_id"), "cost_option", ["market_id"], unique=False)
    op.create_index(op.f("ix_cost_option_service_id"), "cost_option", ["service_id"], unique=False)
    op.create_index(op.f("ix_cost_option_source_id"), "cost_option", ["source_id"], unique=False)
    op.create_table(
        "eligibility_rule",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("alternative", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_eligibility_rule_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_eligibility_rule_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_rule")),
    )
    op.create_index(op.f("ix_eligibility_rule_market_id"), "eligibility_rule", ["market_id"], unique=False)
    op.create_index(op.f("ix_eligibility_rule_service_id"), "eligibility_rule", ["service_id"], unique=False)
    op.create_table(
        "funding",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("funding_source", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_funding_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_funding_organization_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_funding_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
    )
    op.create_index(op.f("ix_funding_market_id"), "funding", ["market_id"], unique=False)
    op.create_index(op.f("ix_funding_organization_id"), "funding", ["organization_id"], unique=False)
    op.create_index(op.f("ix_funding_service_id"), "funding", ["service_id"], unique=False)
    op.create_index(op.f("ix_funding_source_id"), "funding", ["source_id"], unique=False)
    op.create_table(
        "required_document",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("uri", sa.String(length=500), nullable=True),
        sa.Column("fact", sa.String(length=40), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_required_document_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_required_document_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_document")),
    )
    op.create_index(op.f("ix_required_document_market_id"), "required_document", ["market_id"], unique=False)
    op.create_index(op.f("ix_required_document_service_id"), "required_document", ["service_id"], unique=False)
    op.create_index(op.f("ix_required_document_source_id"), "required_document", ["source_id"], unique=False)
    op.create_table(
        "service_at_location",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_service_at_location_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_at_location_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_at_location_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_at_location")),
    )
    op.create_index(op.f("ix_service_at_location_location_id"), "service_at_location", ["location_id"], unique=False)
    op.create_index(op.f("ix_service_at_location_market_id"), "service_at_location", ["market_id"], unique=False)
    op.create_index(op.f("ix_service_at_location_service_id"), "service_at_location", ["service_id"], unique=False)
    op.create_index(op.f("ix_service_at_location_source_id"), "service_at_location", ["source_id"], unique=False)
    op.create_table(
        "service_capacity",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("available", sa.Double(), nullable=False),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_capacity_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_capacity_service_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_service_capacity_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_capacity")),
    )
    op.create_index(op.f("ix_service_capacity_market_id"), "service_capacity", ["market_id"], unique=False)
    op.create_index(op.f("ix_service_capacity_service_id"), "service_capacity", ["service_id"], unique=False)
    op.create_index(op.f("ix_service_capacity_source_id"), "service_capacity", ["source_id"], unique=False)
    op.create_table(
        "service_need",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_need_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_need_service_id")),
        sa.PrimaryKeyConstraint("service_id", "need", name=op.f("pk_service_need")),
    )
    op.create_index(op.f("ix_service_need_market_id"), "service_need", ["market_id"], unique=False)
    op.create_table(
        "url",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("label", sa.String(length=500), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_url_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_url_organization_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_url_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_url")),
    )
    op.create_index(op.f("ix_url_market_id"), "url", ["market_id"], unique=False)
    op.create_index(op.f("ix_url_organization_id"), "url", ["organization_id"], unique=False)
    op.create_index(op.f("ix_url_service_id"), "url", ["service_id"], unique=False)
    op.create_index(op.f("ix_url_source_id"), "url", ["source_id"], unique=False)
    op.create_table(
        "verification",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("fact_kind", sa.String(length=20), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_verification_market_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_verification_service_id")),
        sa.PrimaryKeyConstraint("service_id", "fact_kind", name=op.f("pk_verification")),
    )
    op.create_index(op.f("ix_verification_market_id"), "verification", ["market_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=True),
        sa.Column("department", sa.String(length=500), nullable=True),
        sa.Column("email", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_contact_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_contact_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_contact_organization_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_contact_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_contact_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_location_id"), "contact", ["location_id"], unique=False)
    op.create_index(op.f("ix_contact_market_id"), "contact", ["market_id"], unique=False)
    op.create_index(op.f("ix_contact_organization_id"), "contact", ["organization_id"], unique=False)
    op.create_index(op.f("ix_contact_service_at_location_id"), "contact", ["service_at_location_id"], unique=False)
    op.create_index(op.f("ix_contact_service_id"), "contact", ["service_id"], unique=False)
    op.create_index(op.f("ix_contact_source_id"), "contact", ["source_id"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("dtstart", sa.Date(), nullable=True),
        sa.Column("timezone", sa.Double(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("wkst", sa.String(length=2), nullable=True),
        sa.Column("freq", sa.String(length=10), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("byday", sa.String(length=60), nullable=True),
        sa.Column("byweekno", sa.String(length=60), nullable=True),
        sa.Column("bymonthday", sa.String(length=100), nullable=True),
        sa.Column("byyearday", sa.String(length=100), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("opens_at", sa.String(length=8), nullable=True),
        sa.Column("closes_at", sa.String(length=8), nullable=True),
        sa.Column("schedule_link", sa.String(length=500), nullable=True),
        sa.Column("attending_type", sa.String(length=500), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_schedule_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_schedule_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_schedule_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_schedule_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
    )
    op.create_index(op.f("ix_schedule_location_id"), "schedule", ["location_id"], unique=False)
    op.create_index(op.f("ix_schedule_market_id"), "schedule", ["market_id"], unique=False)
    op.create_index(op.f("ix_schedule_service_at_location_id"), "schedule", ["service_at_location_id"], unique=False)
    op.create_index(op.f("ix_schedule_service_id"), "schedule", ["service_id"], unique=False)
    op.create_index(op.f("ix_schedule_source_id"), "schedule", ["source_id"], unique=False)
    op.create_table(
        "schedule_exception",
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.String(length=5), nullable=True),
        sa.Column("closes_at", sa.String(length=5), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_schedule_exception_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_schedule_exception_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_schedule_exception_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_exception")),
    )
    op.create_index(op.f("ix_schedule_exception_market_id"), "schedule_exception", ["market_id"], unique=False)
    op.create_index(
        op.f("ix_schedule_exception_service_at_location_id"),
        "schedule_exception",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_index(op.f("ix_schedule_exception_service_id"), "schedule_exception", ["service_id"], unique=False)
    op.create_index(op.f("ix_schedule_exception_source_id"), "schedule_exception", ["source_id"], unique=False)
    op.create_table(
        "service_area",
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("extent", sa.String(), nullable=True),
        sa.Column("extent_type", sa.String(length=30), nullable=True),
        sa.Column("uri", sa.String(length=500), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_service_area_market_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_service_area_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_area_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_area")),
    )
    op.create_index(op.f("ix_service_area_market_id"), "service_area", ["market_id"], unique=False)
    op.create_index(
        op.f("ix_service_area_service_at_location_id"),
        "service_area",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_index(op.f("ix_service_area_service_id"), "service_area", ["service_id"], unique=False)
    op.create_index(op.f("ix_service_area_source_id"), "service_area", ["source_id"], unique=False)
    op.create_table(
        "phone",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("service_at_location_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("extension", sa.String(length=20), nullable=True),
        sa.Column("type", sa.String(length=20), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_phone_contact_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_phone_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_phone_market_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_phone_organization_id")),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["service_at_location.id"],
            name=op.f("fk_phone_service_at_location_id"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_phone_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
    )
    op.create_index(op.f("ix_phone_contact_id"), "phone", ["contact_id"], unique=False)
    op.create_index(op.f("ix_phone_location_id"), "phone", ["location_id"], unique=False)
    op.create_index(op.f("ix_phone_market_id"), "phone", ["market_id"], unique=False)
    op.create_index(op.f("ix_phone_organization_id"), "phone", ["organization_id"], unique=False)
    op.create_index(op.f("ix_phone_service_at_location_id"), "phone", ["service_at_location_id"], unique=False)
    op.create_index(op.f("ix_phone_service_id"), "phone", ["service_id"], unique=False)
    op.create_index(op.f("ix_phone_source_id"), "phone", ["source_id"], unique=False)
    op.create_table(
        "language",
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("phone_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("code", sa.String(length=35), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_language_location_id")),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name=op.f("fk_language_market_id")),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name=op.f("fk_language_phone_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_language_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language")),
    )
    op.create_index(op.f("ix_language_location_id"), "language", ["location_id"], unique=False)
    op.create_index(op.f("ix_language_market_id"), "language", ["market_id"], unique=False)
    op.create_index(op.f("ix_language_phone_id"), "language", ["phone_id"], unique=False)
    op.create_index(op.f("ix_language_service_id"), "language", ["service_id"], unique=False)
    op.create_index(op.f("ix_language_source_id"), "language", ["source_id"], unique=False)


def downgrade() -> None:
    """Drop what `upgrade` created."""
    op.drop_index(op.f("ix_language_source_id"), table_name="language")
    op.drop_index(op.f("ix_language_service_id"), table_name="language")
    op.drop_index(op.f("ix_language_phone_id"), table_name="language")
    op.drop_index(op.f("ix_language_market_id"), table_name="language")
    op.drop_index(op.f("ix_language_location_id"), table_name="language")
    op.drop_table("language")
    op.drop_index(op.f("ix_phone_source_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_service_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_service_at_location_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_organization_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_market_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_location_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_contact_id"), table_name="phone")
    op.drop_table("phone")
    op.drop_index(op.f("ix_service_area_source_id"), table_name="service_area")
    op.drop_index(op.f("ix_service_area_service_id"), table_name="service_area")
    op.drop_index(op.f("ix_service_area_service_at_location_id"), table_name="service_area")
    op.drop_index(op.f("ix_service_area_market_id"), table_name="service_area")
    op.drop_table("service_area")
    op.drop_index(op.f("ix_schedule_exception_source_id"), table_name="schedule_exception")
    op.drop_index(op.f("ix_schedule_exception_service_id"), table_name="schedule_exception")
    op.drop_index(op.f("ix_schedule_exception_service_at_location_id"), table_name="schedule_exception")
    op.drop_index(op.f("ix_schedule_exception_market_id"), table_name="schedule_exception")
    op.drop_table("schedule_exception")
    op.drop_index(op.f("ix_schedule_source_id"), table_name="schedule")
    op.drop_index(op.f("ix_schedule_service_id"), table_name="schedule")
    op.drop_index(op.f("ix_schedule_service_at_location_id"), table_name="schedule")
    op.drop_index(op.f("ix_schedule_market_id"), table_name="schedule")
    op.drop_index(op.f("ix_schedule_location_id"), table_name="schedule")
    op.drop_table("schedule")
    op.drop_index(op.f("ix_contact_source_id"), table_name="contact")
    op.drop_index(op.f("ix_contact_service_id"), table_name="contact")
    op.drop_index(op.f("ix_contact_service_at_location_id"), table_name="contact")
    op.drop_index(op.f("ix_contact_organization_id"), table_name="contact")
    op.drop_index(op.f("ix_contact_market_id"), table_name="contact")
    op.drop_index(op.f("ix_contact_location_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_verification_market_id"), table_name="verification")
    op.drop_table("verification")
    op.drop_index(op.f("ix_url_source_id"), table_name="url")
    op.drop_index(op.f("ix_url_service_id"), table_name="url")
    op.drop_index(op.f("ix_url_organization_id"), table_name="url")
    op.drop_index(op.f("ix_url_market_id"), table_name="url")
    op.drop_table("url")
    op.drop_index(op.f("ix_service_need_market_id"), table_name="service_need")
    op.drop_table("service_need")
    op.drop_index(op.f("ix_service_capacity_source_id"), table_name="service_capacity")
    op.drop_index(op.f("ix_service_capacity_service_id"), table_name="service_capacity")
    op.drop_index(op.f("ix_service_capacity_market_id"), table_name="service_capacity")
    op.drop_table("service_capacity")
    op.drop_index(op.f("ix_service_at_location_source_id"), table_name="service_at_location")
    op.drop_index(op.f("ix_service_at_location_service_id"), table_name="service_at_location")
    op.drop_index(op.f("ix_service_at_location_market_id"), table_name="service_at_location")
    op.drop_index(op.f("ix_service_at_location_location_id"), table_name="service_at_location")
    op.drop_table("service_at_location")
    op.drop_index(op.f("ix_required_document_source_id"), table_name="required_document")
    op.drop_index(op.f("ix_required_document_service_id"), table_name="required_document")
    op.drop_index(op.f("ix_required_document_market_id"), table_name="required_document")
    op.drop_table("required_document")
    op.drop_index(op.f("ix_funding_source_id"), table_name="funding")
    op.drop_index(op.f("ix_funding_service_id"), table_name="funding")
    op.drop_index(op.f("ix_funding_organization_id"), table_name="funding")
    op.drop_index(op.f("ix_funding_market_id"), table_name="funding")
    op.drop_table("funding")
    op.drop_index(op.f("ix_eligibility_rule_service_id"), table_name="eligibility_rule")
    op.drop_index(op.f("ix_eligibility_rule_market_id"), table_name="eligibility_rule")
    op.drop_table("eligibility_rule")
    op.drop_index(op.f("ix_cost_option_source_id"), table_name="cost_option")
    op.drop_index(op.f("ix_cost_option_service_id"), table_name="cost_option")
    op.drop_index(op.f("ix_cost_option_market_id"), table_name="cost_option")
    op.drop_table("cost_option")
    op.drop_index(op.f("ix_service_source_id"), table_name="service")
    op.drop_index(op.f("ix_service_organization_id"), table_name="service")
    op.drop_index(op.f("ix_service_market_id"), table_name="service")
    op.drop_table("service")
    op.drop_index(op.f("ix_attribute_taxonomy_term_id"), table_name="attribute")
    op.drop_index(op.f("ix_attribute_source_id"), table_name="attribute")
    op.drop_index(op.f("ix_attribute_market_id"), table_name="attribute")
    op.drop_index("ix_attribute_link", table_name="attribute")
    op.drop_table("attribute")
    op.drop_index(op.f("ix_address_source_id"), table_name="address")
    op.drop_index(op.f("ix_address_market_id"), table_name="address")
    op.drop_index(op.f("ix_address_location_id"), table_name="address")
    op.drop_table("address")
    op.drop_index(op.f("ix_accessibility_source_id"), table_name="accessibility")
    op.drop_index(op.f("ix_accessibility_market_id"), table_name="accessibility")
    op.drop_index(op.f("ix_accessibility_location_id"), table_name="accessibility")
    op.drop_table("accessibility")
    op.drop_index(op.f("ix_taxonomy_term_taxonomy_id"), table_name="taxonomy_term")
    op.drop_index(op.f("ix_taxonomy_term_source_id"), table_name="taxonomy_term")
    op.drop_index(op.f("ix_taxonomy_term_market_id"), table_name="taxonomy_term")
    op.drop_index(op.f("ix_taxonomy_term_code"), table_name="taxonomy_term")
    op.drop_table("taxonomy_term")
    op.drop_index(op.f("ix_program_source_id"), table_name="program")
    op.drop_index(op.f("ix_program_organization_id"), table_name="program")
    op.drop_index(op.f("ix_program_market_id"), table_name="program")
    op.drop_table("program")
    op.drop_index(op.f("ix_organization_identifier_source_id"), table_name="organization_identifier")
    op.drop_index(op.f("ix_organization_identifier_organization_id"), table_name="organization_identifier")
    op.drop_index(op.f("ix_organization_identifier_market_id"), table_name="organization_identifier")
    op.drop_table("organization_identifier")
    op.drop_index(op.f("ix_location_source_id"), table_name="location")
    op.drop_index(op.f("ix_location_organization_id"), table_name="location")
    op.drop_index(op.f("ix_location_market_id"), table_name="location")
    op.drop_table("location")
    op.drop_index(op.f("ix_unit_source_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_market_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_taxonomy_source_id"), table_name="taxonomy")
    op.drop_index(op.f("ix_taxonomy_market_id"), table_name="taxonomy")
    op.drop_table("taxonomy")
    op.drop_index(op.f("ix_organization_source_id"), table_name="organization")
    op.drop_index(op.f("ix_organization_market_id"), table_name="organization")
    op.drop_table("organization")
    op.drop_index("ix_metadata_resource", table_name="metadata")
    op.drop_index(op.f("ix_metadata_market_id"), table_name="metadata")
    op.drop_table("metadata")
    op.drop_table("market_area")
    op.drop_table("market")
