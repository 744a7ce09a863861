"""What a person wants help with, in their order, as pages show and change it."""

from resource_hub.screening import queries
from resource_hub.screening.values import NeedState, WantsHelp
from resource_hub.web.shared.hub import current_work

STEPS = {"up": -1, "down": 1}


def still_open(person_id: str) -> tuple[str, ...]:
    """Return what a person wants help with and has not got yet, in their order."""
    needs = queries.needs_of(current_work(), person_id)
    return tuple(need.code for need in needs if need.wants_help is WantsHelp.YES and need.state is NeedState.OPEN)


def wanted(person_id: str) -> tuple[str, ...]:
    """Return what a person wants help with, in their order."""
    needs = queries.needs_of(current_work(), person_id)
    return tuple(need.code for need in needs if need.wants_help is WantsHelp.YES)
