"""The blueprints of the portal."""

from resource_hub.web.portal import finding, listing

BLUEPRINTS = (finding.blueprint, listing.blueprint)
