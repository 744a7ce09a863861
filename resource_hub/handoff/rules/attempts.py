"""Attempts to reach the person: the words for them, and when there were enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ENOUGH_FAILED, ENOUGH_ROUTES = 3, 2


class AttemptRoute(StrEnum):
    """By which kind of way somebody tried; never the number or address itself."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    VISIT = "visit"
    OTHER = "other"


class AttemptResult(StrEnum):
    """What came of trying."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    NOT_IN_SERVICE = "not_in_service"


@dataclass(frozen=True)
class Attempt:
    """One attempt; `who` is a user's name or the organization's, `made_as` the side, `at` is UTC."""

    route: AttemptRoute
    result: AttemptResult
    at: datetime
    who: str = ""
    made_as: str = ""


def out_of_reach(attempts: Iterable[Attempt]) -> bool:
    """Tell whether enough attempts on enough routes have failed since the person was last reached."""
    failed: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda one: one.at):
        failed = [] if attempt.result is AttemptResult.REACHED else [*failed, attempt]
    return len(failed) >= ENOUGH_FAILED and len({one.route for one in failed}) >= ENOUGH_ROUTES
