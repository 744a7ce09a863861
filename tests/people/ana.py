"""A person with something in every field."""

from datetime import date

from resource_hub.people.values import NewPerson, NewRoute, PersonFactValue, RouteKind

TODAY = date(2026, 11, 20)
ANA = NewPerson(
    name="Ana Reyes",
    record_number="MRN 80-12",
    birth="1950-03-14",
    postal_code="21201",
    language="es",
    facts=(PersonFactValue("veteran", value=True, as_of=TODAY),),
    routes=(
        NewRoute(RouteKind.PHONE, "410-555-0123", "after five", safe_to_leave_message=True),
        NewRoute(RouteKind.OTHER, "the library"),
    ),
)
