"""The blueprints of the partner pages."""

from resource_hub.web.partner import by_link, capacity, figures, handoffs, inbox

BLUEPRINTS = (inbox.blueprint, handoffs.blueprint, capacity.blueprint, figures.blueprint)

# Who opens a link is not signed in: the link itself is what they hold.
BY_LINK = (by_link.blueprint,)
