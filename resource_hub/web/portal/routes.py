"""The blueprints of the portal."""

from resource_hub.web.portal import (
    contact_me,
    finding,
    follow,
    guiding,
    leaving,
    listing,
    offline,
    quality,
    reporting,
    saved,
    still_right,
)

BLUEPRINTS = (
    finding.blueprint,
    guiding.blueprint,
    leaving.blueprint,
    listing.blueprint,
    saved.blueprint,
    offline.blueprint,
    follow.blueprint,
    contact_me.blueprint,
    quality.blueprint,
    reporting.blueprint,
    still_right.blueprint,
)
