"""The blueprints of the desk."""

from resource_hub.web.desk import (
    discharges,
    episodes,
    facts,
    fidelity,
    handoffs,
    matching,
    people,
    person,
    referring,
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
    matching.blueprint,
    referring.blueprint,
    handoffs.blueprint,
    ward.blueprint,
    episodes.blueprint,
    discharges.blueprint,
    fidelity.blueprint,
)
