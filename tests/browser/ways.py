"""How a browser gets to the pages of each kind of user, with the demo loaded."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Server

Way = Callable[[Page], object]


def sign_in(page: Page, server: Server, role: str) -> None:
    """Sign in as a role's first demo account."""
    email, password = server.account(role)
    page.goto("/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    send(page, "main button")
    assert not page.url.endswith("/sign-in")


def first(page: Page, selector: str) -> None:
    """Follow the first link of a kind and wait for what comes."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def send(page: Page, selector: str = "main form button:not([name=need])") -> None:
    """Press the first button of a form and wait for what comes."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def person(page: Page) -> None:
    page.goto("/desk/")
    first(page, ".work__what a")


def somebody_hungry(page: Page) -> None:
    """Add somebody who has too little to eat and wants help with it: whatever else is tried, nobody screens them."""
    page.goto("/desk/people/add")
    page.locator("#name").fill("Hattie Early")
    page.locator("#postal_code").fill("53206")
    page.locator("#phone").fill("414-555-0123")
    send(page, ".form__actions button")
    address = page.url
    page.goto(f"{address}/screening/paper")
    for name, value in (("item.food", "most"), ("help.food-insecurity", "yes")):
        box = page.locator(f'input[name="{name}"][value="{value}"]')
        page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    send(page)
    page.goto(address)


def tick(page: Page, label: str) -> None:
    """Click the words of a choice; its box itself is drawn by the style."""
    page.locator("label", has_text=label).first.click()


def hand_off_it(page: Page, agreed: str = "In words") -> int:
    """Fill and send the form of a handoff; return how many acts that took.

    Among equals the lot decides who comes first, so the form may also ask to confirm that there is no room.
    """
    labels = [agreed, "The person agrees that this is shared with this organization"]
    asked = ("Send it although they have no room", "There is no other way to reach the person")
    labels += [label for label in asked if page.get_by_label(label).count()]
    for label in labels:
        tick(page, label)
    reasons = page.locator("#override").count()
    if reasons:
        page.locator("#override").select_option("other")
    with page.expect_navigation():
        page.get_by_role("button", name="Send", exact=True).click()
    return len(labels) + reasons + 1


def open_match(page: Page) -> None:
    person(page)
    first(page, "main a[href$='/match']")
    page.locator("li.rank summary").first.click()
    page.locator(".excluded summary").first.click()


def open_options(page: Page) -> None:
    open_match(page)
    for chip in page.locator("#asked .chip-edit summary").all():
        chip.click()


def compared(page: Page) -> None:
    open_match(page)
    for box in page.locator("[name=compare]").all()[:3]:
        box.check()
    send(page, "button[formaction$='/compare']")


def palette(page: Page) -> None:
    page.goto("/desk/")
    page.keyboard.press("Control+k")
    page.locator("#palette-words").fill("a")
    page.locator("[role=option]").first.wait_for()


def gone_looking(page: Page) -> None:
    page.goto("/desk/go")
    page.locator("#words").fill("a")
    send(page)


def put_off_one(page: Page) -> None:
    page.goto("/desk/")
    page.locator(".work__later summary").last.click()
    with page.expect_navigation():
        page.locator(".work__later button[value='1']").last.click()


def lower_down(page: Page) -> None:
    """Ask for the last of the list, which others stand above."""
    open_match(page)
    page.locator("li.rank summary.rank__row").last.click()
    with page.expect_navigation():
        page.locator("li.rank [data-key=h]").last.click()


def hand_off_form(page: Page) -> None:
    open_match(page)
    send(page, "li.rank [data-key=h]")


def from_person(words: str, then: str = "") -> Way:
    def go(page: Page) -> None:
        person(page)
        first(page, f"main a[href$='{words}']")
        if then:
            page.goto(page.url + then)

    return go


def refused(way: Way, selector: str) -> Way:
    """Return the way to a form that was sent empty."""

    def go(page: Page) -> None:
        way(page)
        for box in page.locator("main form input:not([type=hidden]):not([type=checkbox]):not([type=radio])").all():
            box.evaluate("element => { element.type = 'text'; element.value = 'x'.repeat(300); }")
        send(page, selector)

    return go


def match_words(page: Page) -> None:
    open_options(page)
    page.locator("#words").fill("a ride to the doctor")
    send(page, "#asked .chip-edit:has(#words) button")


def plan(page: Page) -> None:
    page.goto("/desk/together")
    for box in page.locator("main .usa-checkbox__label").all()[:4]:
        box.click()
    send(page, "main form button")
    unfold(page)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")


def work(page: Page) -> None:
    page.goto("/desk/")
    first(page, ".work__action a")
    unfold(page)


def waiting_handoff(page: Page) -> None:
    """Open a handoff of the worklist that nobody has answered."""
    page.goto("/desk/")
    found = page.locator(".work__action a[href*='/desk/handoffs/']")
    for path in [one.get_attribute("href") or "" for one in found.all()]:
        page.goto(path)
        if page.locator("main form[action$='/move'] input[value=accepted]").count():
            return
    pytest.fail("every handoff of the worklist has its answer")


def paper(words: str) -> Way:
    """Go from a handoff to one of its papers."""

    def go(page: Page) -> None:
        waiting_handoff(page)
        page.goto(f"{page.url}/{words}")

    return go


def packet(page: Page) -> None:
    """Open the packet of the organization's first request."""
    request(page)
    first(page, "main a[href$='/packet']")


def request(page: Page) -> None:
    page.goto("/partner/")
    first(page, ".work__action a")
    unfold(page)


def received(page: Page) -> None:
    page.goto("/desk/received")
    first(page, ".work__action a")
    unfold(page)


def choose(page: Page) -> None:
    """Write somebody down, and go to whom they can be sent."""
    page.goto("/partner/send")
    page.fill("[name=name]", "Nils Aberg")
    page.fill("[name=value]", "414-555-0190")
    page.fill("[name=postal_code]", "53206")
    for name, value in (("needs", "food-insecurity"), ("how_given", "verbal"), ("agreed", "y")):
        page.locator(f"[name={name}][value={value}] + label").click()
    send(page, "main .form__actions button")


def send_form(page: Page) -> None:
    choose(page)
    send(page, "main .work__action button")


def sent(page: Page) -> None:
    page.goto("/partner/sent")
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


def call(page: Page) -> None:
    page.goto("/steward/call-next")
    if not page.locator("form[data-call]").count():
        send(page, "main form button")
    unfold(page)


def upload_list(page: Page) -> None:
    page.goto("/steward/import")
    table = b"Charity,Program,Street Address,Phone,Zone 7\nHarbor Table,Pantry,1 Light St,414-555-0101,x\n"
    page.locator("#file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": table})
    send(page, "main form.panel button")


def at(path: str) -> Way:
    return lambda page: page.goto(path)


def components(page: Page) -> None:
    page.goto("/dev/components")
    unfold(page)


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reaches {selector} on {page.url}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
