"""The blueprints of the portal."""

from resource_hub.web.portal import finding, follow, listing, quality, reporting, still_right

BLUEPRINTS = (
    finding.blueprint,
    follow.blueprint,
    listing.blueprint,
    quality.blueprint,
    reporting.blueprint,
    still_right.blueprint,
)
