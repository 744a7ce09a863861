"""The tables of the inventory, one module per part of HSDS."""

from resource_hub.inventory.models.checking import CallClaim, CheckAttempt, CheckLink, ErrorNote, ErrorReport
from resource_hub.inventory.models.contact import Contact, Language, Phone
from resource_hub.inventory.models.detail import (
    Accessibility,
    CostOption,
    Funding,
    MetaTableDescription,
    OrganizationIdentifier,
    RequiredDocument,
    ServiceCapacity,
    Unit,
    Url,
)
from resource_hub.inventory.models.duplicates import DuplicatePair, RecordMerge
from resource_hub.inventory.models.eligibility import EligibilityRule, ServiceNeed
from resource_hub.inventory.models.history import Change, Verification
from resource_hub.inventory.models.imports import ImportConflict, ImportJob, ImportMapping
from resource_hub.inventory.models.location import Address, Location, ServiceArea, ServiceAtLocation
from resource_hub.inventory.models.market import Market, MarketArea
from resource_hub.inventory.models.organization import Organization, Program
from resource_hub.inventory.models.schedule import Schedule, ScheduleException
from resource_hub.inventory.models.service import Service
from resource_hub.inventory.models.suggestion import (
    BulkDecision,
    GeocodedAddress,
    ServiceNeedSuggestion,
    SuggestionRun,
)
from resource_hub.inventory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "BulkDecision",
    "CallClaim",
    "Change",
    "CheckAttempt",
    "CheckLink",
    "Contact",
    "CostOption",
    "DuplicatePair",
    "EligibilityRule",
    "ErrorNote",
    "ErrorReport",
    "Funding",
    "GeocodedAddress",
    "ImportConflict",
    "ImportJob",
    "ImportMapping",
    "Language",
    "Location",
    "Market",
    "MarketArea",
    "MetaTableDescription",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "RecordMerge",
    "RequiredDocument",
    "Schedule",
    "ScheduleException",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceNeed",
    "ServiceNeedSuggestion",
    "SuggestionRun",
    "Taxonomy",
    "TaxonomyTerm",
    "Unit",
    "Url",
    "Verification",
]
