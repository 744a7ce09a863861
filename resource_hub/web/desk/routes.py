"""The blueprints of the desk."""

from resource_hub.web.desk import handoffs, matching, people, person, referring, screening, today

BLUEPRINTS = (
    today.blueprint,
    people.blueprint,
    person.blueprint,
    screening.blueprint,
    matching.blueprint,
    referring.blueprint,
    handoffs.blueprint,
)
