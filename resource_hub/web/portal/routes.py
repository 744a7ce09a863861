"""The blueprints of the portal."""

from resource_hub.web.portal import finding, listing, reporting, still_right

BLUEPRINTS = (finding.blueprint, listing.blueprint, reporting.blueprint, still_right.blueprint)
