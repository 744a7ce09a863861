"""The blueprints of the steward's pages."""

from resource_hub.web.steward import editing, listings, scarce, suggestions

BLUEPRINTS = (listings.blueprint, editing.blueprint, scarce.blueprint, suggestions.blueprint)
