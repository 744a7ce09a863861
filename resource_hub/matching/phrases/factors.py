"""A plain sentence for each factor, and one line of the reasons that matter most."""

from collections.abc import Callable, Mapping
from typing import Any

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _
from resource_hub.matching.phrases import names, times
from resource_hub.matching.values import Factor, Match, Reason

_CLAUSES: Mapping[str, str] = {
    "made_for": _("made for this: %(needs)s"),
    "also_does": _("helps with this too: %(needs)s"),
    "answers_some": _("helps with some of what was asked: %(needs)s"),
    "mentions": _("mentions: %(words)s"),
    "near_words": _("may fit: nearest to what was asked"),
    "checked": _("the listing was checked %(age)s (%(day)s)"),
    "never_checked": _("nobody is known to have checked this listing: call first"),
    "reported_closed": _("somebody reported that it is closed; being checked"),
    "reported_phone": _("somebody reported a wrong phone number; being checked"),
    "reported_hours": _("somebody reported wrong hours; being checked"),
    "reported_address": _("somebody reported a wrong address; being checked"),
    "reported_eligibility": _("somebody reported that it is for other people; being checked"),
    "reported_other": _("somebody reported an error; being checked"),
    "reported_changed": _("the organization says something changed; being checked"),
    "room_unknown": _("nobody has said whether there is room"),
    "room_capacity": _("had room on %(day)s"),
    "room_counted": _("had room for %(available)s on %(day)s"),
    "room_none_left": _("no place was left on %(day)s"),
    "room_no_capacity": _("had no room on %(day)s"),
    "room_waitlist": _("had a waiting list on %(day)s"),
    "room_additional_assessment_required": _("needs another assessment before it says yes (%(day)s)"),
    "waiting": _("the wait is about %(days)s"),
    "request_open": _("1 request waits for an answer there"),
    "requests_open": _("%(requests)s requests wait for an answer there"),
    "answers": _("lately said yes to %(accepted)s of %(answered)s requests"),
    "likely": _("likely a yes for %(low)s to %(high)s of 100 people"),
    "conditions_doubtful": _("seems not to be for this person: ask first"),
    "conditions_open": _("not known yet whether it is open to this person"),
    "conditions_in_words": _("says in words who it is for: read that first"),
    "way_walk": _("about %(duration)s on foot (estimate)"),
    "way_transit": _("about %(duration)s by bus or train (estimate)"),
    "way_drive": _("about %(duration)s by car (estimate)"),
    "way_measured_walk": _("%(duration)s on foot, by the streets"),
    "way_measured_drive": _("%(duration)s by car, by the roads"),
    "way_from_middle": _("measured to the middle of its ZIP Code"),
    "brought_home": _("comes to the home"),
    "by_phone": _("works by phone"),
    "online": _("works online"),
    "place_confidential": _("the place is confidential: call first"),
    "place_unknown": _("not known where it is"),
    "no_hurdle": _("nothing known stands in the way"),
    "language_spoken": _("%(language)s is spoken"),
    "language_interpreted": _("%(language)s with an interpreter"),
    "language_unknown": _("not known whether %(language)s is spoken"),
    "language_not_listed": _("%(language)s is not listed"),
    "document_missing": _("asks for what is missing: %(document)s"),
    "document_asked": _("asks for: %(document)s"),
    "papers_asked": _("asks for papers: check which"),
    "outcomes": _("lately the need was met for %(met)s of %(known)s people"),
    "met_likely": _("likely meets the need of %(share)s of 100 people"),
    "answer_takes": _("an answer takes about %(days)s"),
    "answer_in_a_day": _("an answer comes within a day or so"),
    "open_now": _("open now, until %(closes)s"),
    "opens_later": _("closed now, opens %(opens)s"),
    "may_open": _("hours not certain, should open %(opens)s"),
    "no_opening": _("no opening is listed for the coming year"),
    "in_time": _("in time for when help is needed"),
    "not_in_time": _("not sure to be in time for when help is needed"),
    "hours_unknown": _("hours not known: call first"),
    "hours_old": _("call first: hours last checked %(age)s"),
    "hours_never_checked": _("call first: nobody is known to have checked the hours"),
}
_SHORT: Mapping[str, str] = {
    **_CLAUSES,
    "way_walk": _("%(duration)s on foot (estimate)"),
    "way_transit": _("%(duration)s by bus or train (estimate)"),
    "way_drive": _("%(duration)s by car (estimate)"),
    "way_measured_walk": _("%(duration)s on foot"),
    "way_measured_drive": _("%(duration)s by car"),
    "place_confidential": _("place is confidential"),
    "open_now": _("open until %(closes)s"),
    "opens_later": _("opens %(opens)s"),
    "room_capacity": _("has room"),
    "room_counted": _("has room for %(available)s"),
    "room_no_capacity": _("no room on %(day)s"),
    "room_waitlist": _("waiting list"),
    "language_spoken": _("%(language)s spoken"),
}
_ON_CARD = (
    ("listing_right", tuple(code for code in _CLAUSES if code.startswith("reported_"))),
    ("follow_through", ("way", "way_approximate", "way_measured")),
    ("follow_through", ("brought_home", "by_phone", "online", "place_confidential")),
    ("timeliness", ("open_now", "opens_later", "may_open", "hours_unknown", "hours_old", "hours_never_checked")),
    ("accept", ("room_capacity", "room_counted", "room_none_left", "room_no_capacity", "room_waitlist")),
    ("follow_through", ("language_spoken", "language_interpreted")),
)
# What was said about room longer ago is told with its date.
_NEWS_DAYS = 14
_DOCUMENTS: Mapping[str, str] = {
    "has_id": _("a photo ID"),
    "has_proof_of_address": _("proof of address"),
    "has_proof_of_income": _("proof of income"),
}


def sentence(factor: Factor, translate: Translate) -> str:
    """Return a factor's reasons as one plain sentence."""
    text = "; ".join(_clause(reason, translate, _CLAUSES) for reason in factor.reasons)
    # In Spanish a time ends with a point of its own: "4:30 p. m."
    return text[:1].upper() + text[1:].removesuffix(".") + "."


def summary(match: Match, translate: Translate) -> str:
    """Return one line of reasons for a card: the way, the hours, room, the language."""
    reasons = {factor.code: factor.reasons for factor in match.factors}
    shown = [
        _clause(reason, translate, _SHORT if reason.values.get("days_old", 0) <= _NEWS_DAYS else _CLAUSES)
        for code, wanted in _ON_CARD
        for reason in reasons[code]
        if reason.code in wanted
    ]
    return " · ".join([*shown, *filter(None, [price(match, translate).rstrip(".")])])


def price(match: Match, translate: Translate) -> str:
    """Return why a row stands lower than its factors say; an empty text where it has no price."""
    return translate(_("Kept for people with no other option.")) if match.price > 0 else ""


def _clause(reason: Reason, translate: Translate, templates: Mapping[str, str]) -> str:
    code, words = reason.code, _words(reason, translate)
    if code == "way_measured":
        return translate(templates[f"way_measured_{reason.values['mode']}"], **words)
    if code in {"way", "way_approximate"}:
        text = translate(templates[f"way_{reason.values['mode']}"], **words)
        return f"{text}, {translate(templates['way_from_middle'])}" if code == "way_approximate" else text
    return translate(templates[code], **words)


def _words(reason: Reason, translate: Translate) -> dict[str, object]:
    """Return what fills a reason's sentence, in words."""
    write: Mapping[str, Callable[[Any], str]] = {
        "needs": lambda labels: names.listed(labels, translate),
        "words": ", ".join,
        "day": lambda day: times.calendar_date(day, translate),
        "age": lambda days: times.age(days, translate),
        "duration": lambda minutes: times.duration(minutes, translate),
        "closes": lambda moment: times.clock(moment, translate),
        "opens": lambda moment: times.coming(moment, reason.values["now"], translate),
        "days": lambda days: times.days(days, translate),
        "language": lambda tag: names.language(tag, translate),
        "document": lambda fact: translate(_DOCUMENTS.get(fact, _("a document"))),
    }
    return {
        name: write[name](value) if name in write and value is not None else value
        for name, value in reason.values.items()
    }
