"""The blueprints of the steward's pages."""

from resource_hub.web.steward import (
    calling,
    conflicts,
    duplicates,
    editing,
    fidelity,
    figures,
    gaps,
    importing,
    instruments,
    links,
    listings,
    notices,
    reports,
    scarce,
    screening,
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
    screening.blueprint,
    importing.blueprint,
    conflicts.blueprint,
    duplicates.blueprint,
    gaps.blueprint,
    fidelity.blueprint,
    figures.blueprint,
    notices.blueprint,
)
