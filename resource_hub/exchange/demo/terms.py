"""The taxonomy of a demo market: the categories of SDOH Clinical Care, by which its services are filed."""

from resource_hub.core.codes import NEEDS
from resource_hub.exchange.demo.sheet import Sheet
from resource_hub.inventory.models import Attribute, Service, Taxonomy, TaxonomyTerm

_NAME = "SDOH categories"
_DESCRIPTION = "The categories of HL7 SDOH Clinical Care."


def add_terms(sheet: Sheet) -> None:
    """Add the taxonomy with a term for each need."""
    taxonomy_id = sheet.list_record(Taxonomy, "needs", name=_NAME, description=_DESCRIPTION)
    for code, label in NEEDS.items():
        names = {"code": code, "name": label, "taxonomy": _NAME, "language": "en"}
        sheet.list_record(TaxonomyTerm, code, taxonomy_id=taxonomy_id, **names)


def file_under(sheet: Sheet, key: str, service_id: str, need: str) -> None:
    """File a service under the term of a need."""
    sheet.list_record(
        Attribute,
        key,
        need,
        link_id=service_id,
        link_entity=Service.__tablename__,
        link_type="need",
        taxonomy_term_id=sheet.id_of(TaxonomyTerm, need),
    )
