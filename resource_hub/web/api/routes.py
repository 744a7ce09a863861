"""The blueprints of the API."""

from resource_hub.web.api import document, find, match

BLUEPRINTS = (match.blueprint, find.blueprint, document.blueprint)
