"""The blueprints of the steward's pages."""

from resource_hub.web.steward import editing, listings

BLUEPRINTS = (listings.blueprint, editing.blueprint)
