"""The blueprints of the desk."""

from resource_hub.web.desk import (
    asking,
    discharges,
    episodes,
    facts,
    fidelity,
    handoffs,
    matching,
    needs,
    paper,
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
    asking.blueprint,
    paper.blueprint,
    needs.blueprint,
    screened.blueprint,
    matching.blueprint,
    referring.blueprint,
    handoffs.blueprint,
    ward.blueprint,
    episodes.blueprint,
    discharges.blueprint,
    fidelity.blueprint,
)
