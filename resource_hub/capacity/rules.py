"""What makes a statement of capacity sensible, and which places it leaves free."""

from resource_hub.capacity.values import GIVES_PLACES, CapacityStatus, Statement
from resource_hub.core.language import marked as _

MOST_PLACES = 1_000_000
MOST_WAITING_DAYS = 3650
LONGEST_UNIT = 60


def faults_of(statement: Statement) -> dict[str, str]:
    """Return what is wrong with a statement, by field."""
    faults = {
        field: text
        for field, value, largest, text in (
            ("available", statement.available, MOST_PLACES, _("Use a whole number of places, 0 or more.")),
            ("maximum", statement.maximum, MOST_PLACES, _("Use a whole number of places, 0 or more.")),
            ("waiting_days", statement.waiting_days, MOST_WAITING_DAYS, _("Use a whole number of days, 0 or more.")),
        )
        if value is not None and not 0 <= value <= largest
    }
    if statement.unit and len(statement.unit) > LONGEST_UNIT:
        faults["unit"] = _("Use at most 60 characters.")
    return faults or _contradictions(statement)


def places_of(statement: Statement) -> int | None:
    """Return how many places a statement leaves free; None where nobody counts."""
    return statement.available if statement.status in GIVES_PLACES else 0


def _contradictions(statement: Statement) -> dict[str, str]:
    available, maximum = statement.available, statement.maximum
    if available is not None and maximum is not None and available > maximum:
        return {"available": _("There cannot be more free places than places.")}
    if available and statement.status not in GIVES_PLACES:
        return {"available": _("With free places, say that there is room.")}
    if available == 0 and statement.status is CapacityStatus.CAPACITY:
        return {"available": _("With no free place, say that there is no room, or that there is a waiting list.")}
    if statement.waiting_days is not None and statement.status is not CapacityStatus.WAITLIST:
        return {"waiting_days": _("Days of waiting belong to a waiting list.")}
    return {}
