"""Every table of every domain, imported once so that foreign keys and migrations see them all."""

from resource_hub.accounts import models as accounts
from resource_hub.capacity import models as capacity
from resource_hub.handoff import models as handoff
from resource_hub.handoff.episodes import models as episodes
from resource_hub.inventory import models as inventory
from resource_hub.matching import models as matching
from resource_hub.people import models as people
from resource_hub.screening import models as screening

MODELS = (accounts, inventory, people, screening, capacity, matching, handoff, episodes)
