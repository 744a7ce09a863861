"""The blueprints for developers."""

from resource_hub.web.dev import components

BLUEPRINTS = (components.blueprint,)
