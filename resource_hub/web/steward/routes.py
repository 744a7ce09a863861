"""The blueprints of the steward's pages."""

from resource_hub.web.steward import editing, instruments, listings, scarce

BLUEPRINTS = (listings.blueprint, editing.blueprint, scarce.blueprint, instruments.blueprint)
