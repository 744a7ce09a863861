"""A list for many people at once."""

from dataclasses import dataclass

from resource_hub.matching.values.ranking import Match, Reason


@dataclass(frozen=True)
class WardRow:
    """What is proposed to one person for one need; None where nothing is left that helps.

    `alternatives` have room once everybody has what is proposed to them. `why` says why this is not the person's own
    first choice; None where it is. It tells nothing about others but how many.
    """

    person_id: str
    need: str
    match: Match | None
    alternatives: tuple[Match, ...]
    why: Reason | None
