"""Where the pages of each kind of user are, with the demo loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.browser.episode_pages import EPISODE
from tests.browser.screening_ways import (
    alone,
    alone_list,
    alone_menu,
    alone_wishes,
    asking,
    code,
    found,
    instrument,
    order,
    terms,
    wishes,
)
from tests.browser.ways import (
    Way,
    at,
    call,
    choose,
    edit_listing,
    find,
    find_words,
    from_person,
    guided,
    hand_off_form,
    links,
    listing,
    listings,
    match_words,
    narrowed,
    one_listing,
    open_match,
    open_options,
    person,
    plan,
    received,
    refused,
    reported,
    request,
    saved,
    send_form,
    sent,
    still_right,
    upload_list,
    where,
    work,
    wrong,
    wrong_with_too_much,
)

PUBLIC: Mapping[str, Way] = {
    "follow": at("/follow"),
    "start": at("/"),
    "guide": at("/guide"),
    "guide, further": guided,
    "where": where("food-insecurity"),
    "where with safety first": where("intimate-partner-violence"),
    "where, refused": find("food-insecurity", "1"),
    "list, narrowed": narrowed,
    "my list": saved,
    "my list, empty": at("/my-list"),
    "list": find("food-insecurity", "53206"),
    "list with safety first": find("intimate-partner-violence", "53206"),
    "list for words": find_words("foood pantry"),
    "list for words of danger": find_words("somewhere safe from my husband"),
    "list for nothing": find_words("?!"),
    "listing": listing,
    "something wrong": wrong,
    "something wrong, refused": wrong_with_too_much,
    "quality": at("/quality"),
    "code": at("/screen"),
    "code, refused": refused(at("/screen"), "main form button"),
    "screen given back": at("/screen/over"),
    "sign-in": at("/sign-in"),
    "not found": at("/nothing-here"),
    "API": at("/api/v1/docs"),
}
DESK: Mapping[str, Way] = {
    "today": at("/desk/"),
    "people": at("/desk/people/"),
    "people, refused": refused(at("/desk/people/"), "main form button"),
    "add": at("/desk/people/add"),
    "add, refused": refused(at("/desk/people/add"), "main form button"),
    "person": person,
    "correct": from_person("/correct"),
    "facts": from_person("/facts"),
    "facts, refused": refused(from_person("/facts"), "main form button"),
    "route": from_person("/routes"),
    "ways to screen": from_person("/screening"),
    "code to screen": code,
    "screening": asking,
    "wishes": wishes,
    "order of needs": order,
    "keyed in": from_person("/screening", "/paper"),
    "paper": at("/desk/paper"),
    "paper of the menu": at("/desk/paper?instrument=menu"),
    "alone, questions": alone,
    "alone, wishes": alone_wishes,
    "alone, list": alone_list,
    "alone, menu": alone_menu,
    "screened": found,
    "needs": from_person("/needs"),
    "match": open_match,
    "match, refused": refused(open_options, "main form button"),
    "match for words": match_words,
    "several people": at("/desk/together"),
    "several people, planned": plan,
    "hand off": hand_off_form,
    "hand off, refused": refused(hand_off_form, "main form button"),
    "handoff": work,
    "sent to you": at("/desk/received"),
    "one that was sent to you": received,
    "calls": at("/desk/calls"),
    "no access": at("/partner/"),
    **EPISODE,
}
PARTNER: Mapping[str, Way] = {
    "inbox": at("/partner/"),
    "request": request,
    "send": at("/partner/send"),
    "send, refused": refused(at("/partner/send"), "main form button"),
    "send, to whom": choose,
    "send, what is shared": send_form,
    "what was sent": at("/partner/sent"),
    "one that was sent": sent,
    "room": at("/partner/capacity/"),
    "figures": at("/partner/figures"),
    "room, refused": refused(at("/partner/capacity/"), "main form button"),
}
STEWARD: Mapping[str, Way] = {
    "call next": at("/steward/call-next"),
    "a call": call,
    "reports": reported,
    "links of an organization": links,
    "the page of an organization": still_right,
    "listings": at("/steward/"),
    "listings, found": listings,
    "listing": one_listing,
    "edit": edit_listing,
    "suggested needs": at("/steward/suggestions?least=0"),
    "suggested rules": at("/steward/suggestions/rules"),
    "scarce places": at("/steward/scarce-places"),
    "screening in figures": at("/steward/screening"),
    "gaps": at("/steward/gaps"),
    "figures": at("/steward/figures"),
    "messages": at("/steward/notices"),
    "conflicts": at("/steward/conflicts"),
    "import": at("/steward/import"),
    "import, refused": refused(at("/steward/import"), "main form.panel button"),
    "import, columns": upload_list,
    "duplicates": at("/steward/duplicates"),
    "instruments": at("/steward/instruments"),
    "instrument, terms": terms,
    "instrument": instrument,
    "what was done in episodes": at("/steward/fidelity"),
}


@dataclass(frozen=True)
class Visit:
    """A page, and who looks at it: a role, or nobody who is signed in."""

    name: str
    role: str | None
    way: Way

    def __str__(self) -> str:
        return f"{self.role or 'public'}: {self.name}"


def visits() -> Iterator[Visit]:
    """Yield every page."""
    for role, ways in ((None, PUBLIC), ("coordinator", DESK), ("partner", PARTNER), ("steward", STEWARD)):
        yield from (Visit(name, role, way) for name, way in ways.items())
