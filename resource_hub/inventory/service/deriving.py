"""What follows from the records of a source: needs, rules of eligibility, dates of checking."""

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.inventory.service.eligibility import read_eligibility
from resource_hub.inventory.service.needs import apply_crosswalk
from resource_hub.inventory.service.verification import take_over
from resource_hub.inventory.values import Crosswalk, Source


def derive(work: Work, market: Market, source: Source, crosswalk: Crosswalk) -> bool:
    """Write down what follows from a source's records; return whether anything changed."""
    changed = (
        apply_crosswalk(work, market, crosswalk),
        read_eligibility(work, market),
        take_over(work, market, source.verified),
    )
    work.session.flush()
    return any(changed)
