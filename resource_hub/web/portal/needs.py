"""Which needs the portal offers first, and which it is careful with."""

UNSAFE = frozenset({"intimate-partner-violence", "elder-abuse"})
# What others who look at the screen should not read in large letters.
SENSITIVE = UNSAFE | {"stress", "incarceration-status"}

# What people come for most stands first; each with an icon.
TILES = {
    "food-insecurity": "local_grocery_store",
    "homelessness": "bedding",
    "housing-instability": "home",
    "utility-insecurity": "lightbulb",
    "financial-insecurity": "attach_money",
    "transportation-insecurity": "directions_bus",
    "employment-status": "work",
    "health-insurance-coverage-status": "local_hospital",
    "medical-cost-burden": "list",
    "stress": "favorite",
    "intimate-partner-violence": "shield",
    "social-connection": "groups",
    "material-hardship": "clothes",
    "educational-attainment": "school",
    "veteran-status": "star",
    "digital-access": "phone",
}
