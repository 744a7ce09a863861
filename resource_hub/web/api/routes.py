"""The blueprints of the API."""

from resource_hub.web.api import document, find, match
from resource_hub.web.api.hsds import views as hsds

BLUEPRINTS = (match.blueprint, find.blueprint, document.blueprint, hsds.blueprint)
