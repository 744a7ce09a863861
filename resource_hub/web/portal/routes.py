"""The blueprints of the portal."""

from resource_hub.web.portal import finding, listing, quality, reporting, still_right

BLUEPRINTS = (finding.blueprint, listing.blueprint, quality.blueprint, reporting.blueprint, still_right.blueprint)
