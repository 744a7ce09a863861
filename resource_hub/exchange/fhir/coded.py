"""The codes and small parts that FHIR records share."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from resource_hub.screening.values import Sensitivity

Json = dict[str, object]

LOINC = "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
US_CORE = "http://hl7.org/fhir/us/core/CodeSystem"
SDOHCC = "http://hl7.org/fhir/us/sdoh-clinicalcare"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"

SURVEY = (f"{TERMINOLOGY}/observation-category", "survey", "Survey")
SDOH = (f"{US_CORE}/us-core-category", "sdoh", "SDOH")
HEALTH_CONCERN = (f"{US_CORE}/condition-category", "health-concern", "Health Concern")
POSITIVE = (f"{TERMINOLOGY}/v3-ObservationInterpretation", "POS", "Positive")

# Labels of HL7's confidentiality codes for what leaves only by name.
_SECURITY = {Sensitivity.SUBSTANCE_USE: "ETH", Sensitivity.MENTAL_HEALTH: "PSY", Sensitivity.VIOLENCE: "SDV"}


def concept(system: str, code: str, display: str = "") -> Json:
    """Return a concept of one coding."""
    return {"coding": [coding(system, code, display)]}


def coding(system: str, code: str, display: str = "") -> Json:
    """Return a coding; what has no system or display goes without."""
    found: Json = {"system": system} if system else {}
    return found | {"code": code} | ({"display": display} if display else {})


def category(domain: str) -> Json:
    """Return the category of an SDOHCC domain."""
    system = f"{SDOHCC}/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
    return concept(system, domain, domain.replace("-", " ").title().replace("Sdoh", "SDOH"))


def meta(profile: str, labels: Iterable[Sensitivity]) -> Json:
    """Return the profile that a record follows, and why it is sensitive."""
    security = [coding(f"{TERMINOLOGY}/v3-ActCode", code) for label, code in _SECURITY.items() if label in set(labels)]
    return {"profile": [profile]} | ({"security": security} if security else {})


def instant(moment: datetime) -> str:
    """Return an instant in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def part_id(screening_id: str, *names: str) -> str:
    """Return the id of a record that follows from a screening: the same each time."""
    return str(uuid5(UUID(screening_id), "/".join(names)))


def local(record_id: str) -> Json:
    """Return a reference to a record of the same bundle."""
    return {"reference": f"urn:uuid:{record_id}"}
