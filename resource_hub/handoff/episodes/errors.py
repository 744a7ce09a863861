"""Refusals of episodes. None says anything about the person."""

from resource_hub.core.errors import Conflict, Invalid, Refused


class BadEpisode(Invalid):
    """What was asked for cannot be."""

    code = "bad_episode"


class AlreadyOpen(Refused):
    """The person has an open episode."""

    code = "episode_open"


class EpisodeClosed(Refused):
    """The episode is over: nothing is written to it any more."""

    code = "episode_closed"


class NotOver(Conflict):
    """The episode is open already."""

    code = "episode_not_over"


class TooLateToReopen(Refused):
    """The episode was closed too long ago to go on."""

    code = "reopen_too_late"


class GapsOpen(Refused):
    """An open gap keeps an episode from being completed."""

    code = "gaps_open"


class CallMissing(Refused):
    """The 30-day call keeps an episode from being completed."""

    code = "call_missing"


class TooLate(Refused):
    """An entry can be taken back for some minutes only, and only the newest, by whoever made it."""

    code = "undo_too_late"


class GapClosed(Conflict):
    """Somebody else closed the gap first."""

    code = "gap_closed"
