"""Giving a browser to a person who answers alone: whoever was signed in there is signed out of it."""

from flask import session

from resource_hub.screening.values import Visit

SESSION_VISIT = "visit"


def give_browser(visit: Visit) -> None:
    """Let this browser show a visit and nothing else; its staff has to sign in again."""
    session.clear()
    session[SESSION_VISIT] = visit.id


def visit_id() -> str:
    """Return the visit that this browser shows; empty where there is none."""
    found = session.get(SESSION_VISIT)
    return found if isinstance(found, str) else ""
