"""The blueprints of the partner pages."""

from resource_hub.web.partner import by_link, capacity, handoffs, inbox

BLUEPRINTS = (inbox.blueprint, handoffs.blueprint, capacity.blueprint)

# Who opens a link is not signed in: the link itself is what they hold.
BY_LINK = (by_link.blueprint,)
