"""The blueprints of the steward's pages."""

from resource_hub.web.steward import calling, editing, fidelity, links, listings, reports, scarce

BLUEPRINTS = (
    calling.blueprint,
    reports.blueprint,
    links.blueprint,
    listings.blueprint,
    editing.blueprint,
    scarce.blueprint,
    fidelity.blueprint,
)
