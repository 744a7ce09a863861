"""What follows from the records of a source: needs, and rules of eligibility."""

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.inventory.service.eligibility import read_eligibility
from resource_hub.inventory.service.needs import apply_crosswalk
from resource_hub.inventory.values import Crosswalk


def derive(work: Work, market: Market, crosswalk: Crosswalk) -> bool:
    """Write down what follows from the records that came from sources; return whether anything changed."""
    work.session.flush()
    changed = (apply_crosswalk(work, market, crosswalk), read_eligibility(work, market))
    return any(changed)
