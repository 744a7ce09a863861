"""The blueprints of the desk."""

from resource_hub.web.desk import (
    contacting,
    facts,
    handoffs,
    matching,
    people,
    person,
    referring,
    screened,
    screening,
    today,
    ward,
)

BLUEPRINTS = (
    today.blueprint,
    people.blueprint,
    person.blueprint,
    facts.blueprint,
    screening.blueprint,
    screened.blueprint,
    matching.blueprint,
    referring.blueprint,
    handoffs.blueprint,
    contacting.blueprint,
    ward.blueprint,
)
