"""The fields that a mapping may fill, by table."""

from collections.abc import Mapping

DAYS: Mapping[str, str] = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
# Other kinds of number than the voice line.
PHONES: Mapping[str, str] = {"number": "voice", "fax": "fax", "tty": "tty", "cell": "cell"}

TARGETS: Mapping[str, tuple[str, ...]] = {
    "organization": ("id", "name", "alternate_name", "description", "email", "website"),
    "service": (
        "id",
        "name",
        "alternate_name",
        "description",
        "url",
        "email",
        "status",
        "application_process",
        "fees_description",
        "wait_time",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "interpretation_services",
        "alert",
        "assured_date",
    ),
    "location": ("id", "name", "description", "latitude", "longitude", "transportation"),
    "address": ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country"),
    "phone": ("number", "extension", "fax", "tty", "cell"),
    "schedule": ("description", *DAYS),
    "language": ("name",),
    "taxonomy_term": ("name",),
    "required_document": ("document",),
    "service_area": ("name",),
    "funding": ("funding_source",),
    "accessibility": ("description",),
}
FIELDS = tuple(f"{table}.{field}" for table, fields in TARGETS.items() for field in fields)
# Of these a row may have several.
SEVERAL = frozenset(
    {
        "phone.number",
        "phone.fax",
        "phone.tty",
        "phone.cell",
        "language.name",
        "taxonomy_term.name",
        "required_document.document",
        "service_area.name",
        "funding.funding_source",
        "accessibility.description",
    }
)
