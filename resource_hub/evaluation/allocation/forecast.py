"""How much is still to come, when nobody says so: what the past brought, and what the room was made for."""

from dataclasses import dataclass

# Room is made for what comes: so much of it is asked for at least, and all of it at most.
_ASKED_FOR = 0.95
# Where the past asked for between so many times the room there is, the room is believed alone.
_MADE_FOR = (1.2, 2.0)
# Else the past may be right: a lasting shortage, a lasting plenty. Or it is longer or shorter than what comes now.
_PAST_IS_RIGHT = 0.3
# Once the past's volume is used up, still so much of the room left.
_MORE = 0.5


@dataclass(frozen=True)
class Forecast:
    """Units still to come, and the chance that this forecast is the right one."""

    units: float
    chance: float


def forecasts(past: float, room: float, seen: float, left: float) -> tuple[Forecast, ...]:
    """Return what may still come, in units of room.

    `past` is what history asked for, `room` all the room there was, `seen` what arrivals asked for, `left` the room
    that is left. The room's own forecast lies midway between the least that it was made for and all that is left.
    """
    least = min(max(_ASKED_FOR * room - seen, 0), left)
    by_room = (least + left) / 2
    low, high = _MADE_FOR
    if past == 0 or low * room <= past <= high * room:
        return (Forecast(by_room, 1.0),)
    still = max(past - seen, _MORE * left)
    return (Forecast(by_room, 1 - _PAST_IS_RIGHT), Forecast(still, _PAST_IS_RIGHT))
