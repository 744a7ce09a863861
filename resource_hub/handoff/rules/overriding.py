"""Handing off otherwise than the list advises: theirs to decide, with a reason that can be counted."""

from enum import StrEnum

from resource_hub.handoff.values.asked import Listed


class Override(StrEnum):
    """Why this service, although others stood higher or it has no room."""

    PERSON_PREFERS = "person_prefers"
    KNOWN_THERE = "known_there"
    EASIER_TO_REACH = "easier_to_reach"
    LANGUAGE = "language"
    SOONER = "sooner"
    MORE_THAN_LISTED = "more_than_listed"
    AGREED_BY_PHONE = "agreed_by_phone"
    OTHERS_SAID_NO = "others_said_no"
    LIST_IS_WRONG = "list_is_wrong"
    OTHER = "other"


def goes_against(listed: Listed | None, *, despite_no_capacity: bool) -> bool:
    """Tell whether a request goes another way than the list advised.

    Among equals the lot decided, so any of them is as advised: also one that last said that it has no room, because
    the list knows how long ago that was. What came from no list is against advice where there is no room.
    """
    return listed.above > 0 if listed else despite_no_capacity
