"""The blueprints of the API."""

from resource_hub.web.api import document, match

BLUEPRINTS = (match.blueprint, document.blueprint)
