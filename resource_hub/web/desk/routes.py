"""The blueprints of the desk."""

from resource_hub.web.desk import (
    basket,
    calls,
    copy,
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
    basket.blueprint,
    calls.blueprint,
    handoffs.blueprint,
    copy.blueprint,
    ward.blueprint,
)
