"""The blueprints of the partner pages."""

from resource_hub.web.partner import capacity, figures, handoffs, inbox

BLUEPRINTS = (inbox.blueprint, handoffs.blueprint, capacity.blueprint, figures.blueprint)
