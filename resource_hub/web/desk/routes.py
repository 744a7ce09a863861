"""The blueprints of the desk."""

from resource_hub.web.desk import people, today

BLUEPRINTS = (today.blueprint, people.blueprint)
