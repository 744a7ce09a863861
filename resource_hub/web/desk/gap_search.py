"""Looking for help from a gap of an episode: which needs the list begins with, and what is to be asked first."""

from dataclasses import dataclass

from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes import queries
from resource_hub.handoff.episodes.rules.helping import needs_of_gap
from resource_hub.web.shared.ordering import still_open
from resource_hub.web.shared.ordering import wanted as wanted_of

ALL = "all"


@dataclass(frozen=True)
class Sought:
    """The gap that somebody looks for help for: the needs it stands for, and which of them the person `wanted`."""

    gap_id: str
    episode_id: str
    code: str
    needs: tuple[str, ...]
    wanted: tuple[str, ...]


def sought_from(work: Work, person_id: str, gap_id: str | None) -> Sought | None:
    """Return the open gap of a person that is named; None where none or no such gap is."""
    gaps = queries.open_gaps_of_person(work, person_id) if gap_id else []
    found = next((gap for gap in gaps if gap.id == gap_id), None)
    if found is None:
        return None
    needs, wanted = needs_of_gap(found.code), wanted_of(person_id)
    return Sought(found.id, found.episode_id, found.code, needs, tuple(need for need in needs if need in wanted))


def needs_to_begin_with(work: Work, person_id: str, gap_id: str, wanted: list[str]) -> list[str]:
    """Return the needs that a list begins with: of a gap, of all open gaps, or all that is wanted and not met yet."""
    if gap_id == ALL:
        gaps = queries.open_gaps_of_person(work, person_id)
        meant = {need for gap in gaps for need in needs_of_gap(gap.code)}
        return [need for need in wanted if need in meant] or wanted
    sought = sought_from(work, person_id, gap_id)
    # A gap that stands for no need says nothing about where to begin.
    if sought is None or not sought.needs:
        return list(still_open(person_id)) or wanted
    return list(sought.wanted)
