"""The blueprints of the steward's pages."""

from resource_hub.web.steward import duplicates, editing, listings, scarce

BLUEPRINTS = (listings.blueprint, editing.blueprint, duplicates.blueprint, scarce.blueprint)
