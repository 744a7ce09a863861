"""What changed on a listing since it was first written down."""

from datetime import timedelta

from resource_hub.exchange.demo.sheet import Row, Sheet
from resource_hub.inventory.models import Change, Service

_CHANGED = 0.25
_DAYS = (3, 900)
_STEWARD = "Stella Marchbanks"


def add_history(sheet: Sheet, key: str, service: Row) -> None:
    """Add a change or two to some services: another mail box, another way to apply."""
    draws = sheet.draws(key)
    mail_box = str(service["email"]).replace("help@", "office@")
    for field, before in (("email", mail_box), ("application_process", "Call us.")):
        if draws.chance(f"changed {field}", _CHANGED):
            sheet.put(
                Change,
                id=sheet.id_of(Change, key, field),
                resource_type=Service.__tablename__,
                resource_id=service["id"],
                last_action_date=sheet.now - timedelta(days=draws.number(f"when {field}", *_DAYS)),
                last_action_type="update",
                field_name=field,
                previous_value=before,
                replacement_value=service[field],
                updated_by=_STEWARD,
                source="steward",
            )
