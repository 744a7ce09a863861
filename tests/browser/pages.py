"""Where the pages of each kind of user are, with the demo loaded, and how a browser gets there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.episode_pages import EPISODE
from tests.browser.ways import Way, at, first, refused, send


def sign_in(page: Page, server: Server, role: str) -> None:
    """Sign in as a role's first demo account."""
    email, password = server.account(role)
    page.goto("/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main button").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


LONG = "element => { element.removeAttribute('maxlength'); element.value = 'x'.repeat(600); }"


def person(page: Page) -> None:
    page.goto("/desk/")
    first(page, ".work__what a")


def open_match(page: Page) -> None:
    person(page)
    first(page, "main a[href$='/match']")
    page.locator("li.rank summary").first.click()
    page.locator("details.excluded > summary").click()


def open_options(page: Page) -> None:
    open_match(page)
    page.locator("details:has(> form) > summary").click()


def hand_off_form(page: Page) -> None:
    open_match(page)
    send(page, "li.rank [data-key=h]")


def from_person(words: str) -> Way:
    def go(page: Page) -> None:
        person(page)
        first(page, f"main a[href$='{words}']")

    return go


def find(need: str, zip_code: str) -> Way:
    def go(page: Page) -> None:
        page.goto("/")
        page.locator("#zip").fill(zip_code)
        with page.expect_navigation():
            page.locator(f"button[value={need}]").click()

    return go


def find_words(words: str) -> Way:
    def go(page: Page) -> None:
        page.goto("/")
        page.locator("#words").fill(words)
        page.locator("#zip").fill("53206")
        send(page)

    return go


def match_words(page: Page) -> None:
    open_options(page)
    page.locator("#words").fill("a ride to the doctor")
    send(page, "details form button")


def plan(page: Page) -> None:
    page.goto("/desk/together")
    for box in page.locator("main .usa-checkbox__label").all()[:4]:
        box.click()
    send(page, "main form button")
    unfold(page)


def listing(page: Page) -> None:
    find("food-insecurity", "53206")(page)
    first(page, ".result__title a")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")


def work(page: Page) -> None:
    page.goto("/desk/")
    first(page, ".work__action a")
    unfold(page)


def request(page: Page) -> None:
    page.goto("/partner/")
    first(page, ".work__action a")
    unfold(page)


def listings(page: Page) -> None:
    page.goto("/steward/")
    page.locator("main form input[type=text], main form input[type=search]").first.fill("food")
    send(page)


def one_listing(page: Page) -> None:
    listings(page)
    first(page, "main a[href*='/steward/listings/']")


def edit_listing(page: Page) -> None:
    one_listing(page)
    first(page, "main a[href$='/edit']")


def wrong(page: Page) -> None:
    listing(page)
    first(page, "a[href$='/wrong']")


def wrong_with_too_much(page: Page) -> None:
    wrong(page)
    page.locator("#note").evaluate(LONG)
    send(page, "button[value=hours]")


def call(page: Page) -> None:
    page.goto("/steward/call-next")
    if not page.locator("form[data-call]").count():
        send(page, "main form button")
    unfold(page)


def links(page: Page) -> None:
    call(page)
    first(page, "main a[href$='/links']")
    send(page)


def still_right(page: Page) -> None:
    links(page)
    page.goto(urlsplit(page.locator(".link-address").first.input_value()).path)
    unfold(page)


def reported(page: Page) -> None:
    wrong(page)
    send(page, "button[value=phone]")
    page.goto("/steward/reports")


PUBLIC: Mapping[str, Way] = {
    "start": at("/"),
    "start, refused": find("food-insecurity", "1"),
    "list": find("food-insecurity", "53206"),
    "list with safety first": find("intimate-partner-violence", "53206"),
    "list for words": find_words("foood pantry"),
    "list for words of danger": find_words("somewhere safe from my husband"),
    "list for nothing": find_words("?!"),
    "listing": listing,
    "something wrong": wrong,
    "something wrong, refused": wrong_with_too_much,
    "quality": at("/quality"),
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
    "screening": from_person("/screening"),
    "needs": from_person("/needs"),
    "match": open_match,
    "match, refused": refused(open_options, "main form button"),
    "match for words": match_words,
    "several people": at("/desk/together"),
    "several people, planned": plan,
    "hand off": hand_off_form,
    "hand off, refused": refused(hand_off_form, "main form button"),
    "handoff": work,
    **EPISODE,
    "no access": at("/partner/"),
}
PARTNER: Mapping[str, Way] = {
    "inbox": at("/partner/"),
    "request": request,
    "room": at("/partner/capacity/"),
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
    "scarce places": at("/steward/scarce-places"),
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
