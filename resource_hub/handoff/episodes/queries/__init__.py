"""Finding episodes, always from the scope of whoever asks."""

from resource_hub.handoff.episodes.queries.board import discharges
from resource_hub.handoff.episodes.queries.figures import fidelity_of
from resource_hub.handoff.episodes.queries.helping import gaps_served, open_gaps_of_person
from resource_hub.handoff.episodes.queries.lists import due_episodes, of_person, open_episodes, open_of_person
from resource_hub.handoff.episodes.queries.view import get_episode, not_yet_gaps

__all__ = [
    "discharges",
    "due_episodes",
    "fidelity_of",
    "gaps_served",
    "get_episode",
    "not_yet_gaps",
    "of_person",
    "open_episodes",
    "open_gaps_of_person",
    "open_of_person",
]
