"""The blueprints of the partner pages."""

from resource_hub.web.partner import by_link, capacity, choosing, figures, inbox, sending, sent
from resource_hub.web.shared.guards import PARTNER
from resource_hub.web.shared.received import pages_for

BLUEPRINTS = (
    inbox.blueprint,
    pages_for("partner_handoffs", "/partner/handoffs", PARTNER),
    sending.blueprint,
    choosing.blueprint,
    sent.blueprint,
    capacity.blueprint,
    figures.blueprint,
)

# Who opens a link is not signed in: the link itself is what they hold.
BY_LINK = (by_link.blueprint,)
