"""The blueprints of the desk."""

from resource_hub.web.desk import facts, handoffs, matching, people, person, referring, screening, today, ward

BLUEPRINTS = (
    today.blueprint,
    people.blueprint,
    person.blueprint,
    facts.blueprint,
    screening.blueprint,
    matching.blueprint,
    referring.blueprint,
    handoffs.blueprint,
    ward.blueprint,
)
