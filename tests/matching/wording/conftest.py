"""A small market in words."""

import pytest

from resource_hub.matching import vocabulary
from resource_hub.matching.rules.wording.building import build
from resource_hub.matching.values.wording import Lexicon, Text, Wording

TEXTS = (
    Text(
        "pantry", "Bread Basket", "Harbor Table", "Bags of groceries and canned goods every Friday.\nDONATIONS: coats."
    ),
    Text("meals", "Lunch for All", "Church of the Dock", "A hot lunch, Monday to Friday."),
    Text("energy", "Warm Homes", "Department of Energy Aid", "Pays utility bills and stops a turn off notice."),
    Text("shelter", "Night Harbor", "Harbor House", "Emergency shelter for homeless women."),
    Text("legal", "Fair Door", "Legal Aid Society", "Lawyers for tenants who face eviction; expungement of records."),
    Text("rides", "Dial a Ride", "County Wheels", "Rides to medical appointments and dialysis."),
    Text("clothes", "Coat Closet", "Saint Martin", "Winter coats and other clothing."),
    Text("rent", "Stay Home", "Neighbor Fund", "Rental assistance and security deposits for families."),
    Text("safe", "Safe Passage", "Safe Passage", "Shelter and counseling for victims of domestic violence."),
    Text("labelled", "Program 12", "Somebody", "Call for information.", terms=(("Food Pantry", "Food"),)),
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return vocabulary.current()


@pytest.fixture(scope="session")
def wording(lexicon: Lexicon) -> Wording:
    return build(lexicon, TEXTS)
