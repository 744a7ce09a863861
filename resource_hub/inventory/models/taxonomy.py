"""Classification: taxonomies, their terms, and the attributes that attach a term to any record."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID, LINE, Listed


class Taxonomy(Listed, Base):
    """A classification, for instance Open Eligibility."""

    __tablename__ = "taxonomy"

    name: Mapped[str] = mapped_column(LINE)
    description: Mapped[str | None]
    uri: Mapped[str | None] = mapped_column(LINE)
    version: Mapped[str | None] = mapped_column(String(60))


class TaxonomyTerm(Listed, Base):
    """One term of a taxonomy."""

    __tablename__ = "taxonomy_term"

    taxonomy_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy.id"), index=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.id"))
    code: Mapped[str | None] = mapped_column(String(100), index=True)
    name: Mapped[str] = mapped_column(LINE)
    description: Mapped[str | None]
    taxonomy: Mapped[str | None] = mapped_column(LINE)
    language: Mapped[str | None] = mapped_column(String(35))
    term_uri: Mapped[str | None] = mapped_column(LINE)


class Attribute(Listed, Base):
    """A term on a record: `link_entity` is the table, `link_id` the row, `link_type` the role of the term."""

    __tablename__ = "attribute"
    __table_args__ = (
        Index("ix_attribute_link", "link_entity", "link_id"),
        Index("ix_attribute_link_id", "link_id"),
    )

    link_id: Mapped[str] = mapped_column(ID)
    link_entity: Mapped[str] = mapped_column(String(40))
    link_type: Mapped[str | None] = mapped_column(String(60))
    taxonomy_term_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    value: Mapped[str | None]
    label: Mapped[str | None] = mapped_column(LINE)
