"""The blueprints of the steward's pages."""

from resource_hub.web.steward import conflicts, editing, gaps, importing, listings, scarce

BLUEPRINTS = (
    listings.blueprint,
    editing.blueprint,
    scarce.blueprint,
    importing.blueprint,
    conflicts.blueprint,
    gaps.blueprint,
)
