"""Codes in plain words, for templates: `code | words("status")`."""

from collections.abc import Mapping

from resource_hub.core.language import marked as _
from resource_hub.web.shared.language import current_translate

WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "draft": _("Draft"),
        "requested": _("Asked"),
        "accepted": _("Accepted"),
        "rejected": _("Turned down"),
        "in-progress": _("In progress"),
        "on-hold": _("On hold"),
        "completed": _("Done"),
        "cancelled": _("Withdrawn"),
        "failed": _("Did not work"),
        "entered-in-error": _("Entered in error"),
    },
    "step": {
        "requested": _("Send"),
        "accepted": _("We can help"),
        "rejected": _("We can’t help"),
        "in-progress": _("We have started"),
        "on-hold": _("Has to wait"),
        "completed": _("Done"),
        "cancelled": _("Withdraw"),
        "failed": _("It did not work"),
        "entered-in-error": _("Entered in error"),
    },
    "recorded_step": {
        "accepted": _("They said yes"),
        "rejected": _("They said no"),
        "in-progress": _("They have started"),
        "on-hold": _("They said it has to wait"),
        "completed": _("They said it is done"),
        "failed": _("They said it did not work"),
    },
    "reason": {
        "at_capacity": _("No room now"),
        "not_eligible": _("Not eligible"),
        "out_of_area": _("Outside the area"),
        "could_not_contact": _("Could not reach the person"),
        "declined_by_person": _("The person said no"),
        "duplicate": _("Already asked"),
        "other": _("Another reason"),
    },
    "urgency": {"routine": _("Routine"), "soon": _("Soon"), "urgent": _("Urgent")},
    "next_action": {
        "send": _("Send it"),
        "get_answer": _("Ask for an answer"),
        "answer": _("Answer"),
        "confirm_contact": _("Ask whether they reached the person"),
        "contact_person": _("Reach the person"),
        "follow_up": _("Follow up"),
        "report_progress": _("Say how it goes"),
        "ask_what_it_waits_for": _("Ask what it waits for"),
        "resume": _("Go on"),
        "record_outcome": _("Write down what came of it"),
        "offer_next_best": _("Offer the next best service"),
        "renew_consent": _("Ask for consent again"),
        "nothing": _("Nothing"),
    },
    "side": {
        "referrer": _("the referrer"),
        "recipient": _("the organization"),
        "recipient-by-referrer": _("the organization, written down by the referrer"),
        "system": _("Resource Hub"),
    },
    "hold": {
        "held": _("A place is kept"),
        "waiting": _("On the waiting list"),
        "used": _("The place is taken"),
        "released": _("The place was given back"),
        "expired": _("The kept place has run out"),
    },
    "capacity": {
        "capacity": _("Has room"),
        "no-capacity": _("No room"),
        "waitlist": _("Waiting list"),
        "additional-assessment-required": _("Call first: they decide case by case"),
        "unknown": _("Room not known"),
    },
    "contacted": {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")},
    "received": {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")},
    "need_met": {"yes": _("Yes"), "partly": _("In part"), "no": _("No"), "unknown": _("Not known")},
    "experience": {"good": _("Good"), "mixed": _("So-so"), "bad": _("Bad"), "unknown": _("Not known")},
    "outcome": {
        "contacted": _("Did they reach the person?"),
        "received": _("Did the person get the help?"),
        "need_met": _("Is the need met?"),
        "experience": _("How was it for the person?"),
    },
    "travel": {"walk": _("On foot"), "transit": _("By bus"), "drive": _("By car")},
    "open": {"open": _("Open now"), "closed": _("Closed now"), "unknown": _("Hours not known")},
    "factor": {
        "fit": _("Fits the need"),
        "listing_right": _("Listing is right"),
        "accept": _("Room, and says yes"),
        "follow_through": _("Person gets there"),
        "timeliness": _("In time"),
    },
    "how_given": {"verbal": _("In words"), "written": _("In writing"), "electronic": _("On a screen")},
    "eligibility": {"eligible": _("Eligible"), "unknown": _("Ask")},
    "excluded": {
        "ineligible": _("Not for this person"),
        "outside_area": _("Does not serve where they live"),
        "too_far": _("Too far"),
        "inactive": _("Not offered now"),
    },
    "service_status": {
        "active": _("Active"),
        "inactive": _("Not active"),
        "defunct": _("Closed for good"),
        "temporarily closed": _("Closed for now"),
    },
}


def words(code: str | None, kind: str) -> str:
    """Return a code in the reader's words; the code itself where we have none."""
    return current_translate()(WORDS[kind].get(code, code)) if code else ""


def options(kind: str, *codes: str) -> list[tuple[str, str]]:
    """Return the choices of a form field, in the reader's words."""
    return [(code, words(code, kind)) for code in codes or WORDS[kind]]
