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
    notices,
    reports,
    scarce,
    suggestions,
)

BLUEPRINTS = (
    calling.blueprint,
    reports.blueprint,
    links.blueprint,
    listings.blueprint,
    editing.blueprint,
    scarce.blueprint,
    suggestions.blueprint,
    instruments.blueprint,
    importing.blueprint,
    conflicts.blueprint,
    duplicates.blueprint,
    gaps.blueprint,
    notices.blueprint,
)
