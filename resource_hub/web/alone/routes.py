"""The blueprints of the pages for people who answer alone."""

from resource_hub.web.alone import asking, entering, finding

BLUEPRINTS = (entering.blueprint, asking.blueprint, finding.blueprint)
