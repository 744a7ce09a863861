"""The blueprints of the steward's pages."""

from resource_hub.web.steward import (
    calling,
    conflicts,
    duplicates,
    editing,
    gaps,
    importing,
    instruments,
    links,
    listings,
    reports,
    scarce,
)

BLUEPRINTS = (
    calling.blueprint,
    reports.blueprint,
    links.blueprint,
    listings.blueprint,
    editing.blueprint,
    scarce.blueprint,
    instruments.blueprint,
    importing.blueprint,
    conflicts.blueprint,
    duplicates.blueprint,
    gaps.blueprint,
)
