"""By link, on a phone without script, each answer takes at most two taps; the packet is one printed page."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.checks import check_width, check_with_axe
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab
from tests.browser.ways import hand_off_it, paper, send, sign_in, unfold

PHONE = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1280, height=900)
LOCALES = {"en": "en-US", "es": "es-MX"}
MOST_TAPS = 2


class Hand:
    """A thumb on the phone: it counts the taps of each act; a field is tapped before something is typed there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def unfold(self, words: str) -> None:
        self._tap(self.page.locator("summary", has_text=words))

    def types(self, field: str, text: str) -> None:
        self._tap(self.page.locator(f"#{field}"))
        self.page.keyboard.type(text)

    def saves(self, button: str, shown: str) -> None:
        """Press what ends an act; the answer says that it is saved, and fits on the phone."""
        with self.page.expect_navigation():
            self._tap(self.page.get_by_role("button", name=button, exact=True).first)
        expect(self.page.locator("main")).to_contain_text(shown)
        check_width(self.page)
        assert self.taps <= MOST_TAPS, f"{button}: {self.taps} taps"
        self.taps = 0

    def _tap(self, what: Locator) -> None:
        what.tap()
        self.taps += 1


@pytest.fixture
def link(chromium: Browser, server: Server) -> str:
    """The path of the link to a request that waits for its answer."""
    with a_browser(chromium, server) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        hand_off_somebody(page)
        unfold(page)
        send(page, "form[action$='/links'] button")
        return urlsplit(page.locator("#link").input_value()).path


def hand_off_somebody(page: Page) -> None:
    """Add somebody who wants food and hand them off to an organization without an account; the handoff is shown."""
    page.goto("/desk/people/add")
    page.locator("#name").fill("Linus by Link")
    page.locator("#postal_code").fill("53206")
    page.locator("#phone").fill("414-555-0199")
    page.locator("#market").select_option(label="Milwaukee County")
    send(page)
    where = page.url
    page.goto(f"{where}/needs")
    page.locator("#n-food-insecurity").select_option("yes")
    send(page)
    page.goto(f"{where}/match")
    row = page.locator("li.rank", has_text="Yellow Door Community Kitchen").first
    row.locator("summary").first.click()
    with page.expect_navigation():
        row.locator("[data-key=h]").click()
    hand_off_it(page)


@pytest.mark.parametrize("language", LOCALES)
def test_what_the_link_opens_is_accessible_before_a_yes_and_after(
    chromium: Browser, server: Server, link: str, language: str
) -> None:
    with a_browser(chromium, server, viewport=PHONE, locale=LOCALES[language]) as context, a_tab(context) as page:
        page.goto(link)
        check_on_both_screens(page)
        send(page, "button[value=accepted]")
        unfold(page)
        check_on_both_screens(page)
        page.goto(f"{link}/packet")
        assert page.evaluate("document.documentElement.lang") == language
        check_on_both_screens(page)


def check_on_both_screens(page: Page) -> None:
    """Check a page with axe on a phone and on a desk."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        check_with_axe(page)


@pytest.mark.parametrize("reason", ["No room now", "Not eligible", "Another reason"])
def test_a_no_with_its_reason_takes_two_taps(chromium: Browser, server: Server, link: str, reason: str) -> None:
    options = {"viewport": PHONE, "java_script_enabled": False, "has_touch": True, "is_mobile": True}
    with a_browser(chromium, server, **options) as context, a_tab(context) as page:
        page.goto(link)
        hand = Hand(page)
        if reason == "Another reason":
            hand.types("comment", "We move house this week")
        hand.saves(reason, "Saved")


def test_a_yes_and_all_that_follows_take_two_taps_each(chromium: Browser, server: Server, link: str) -> None:
    options = {"viewport": PHONE, "java_script_enabled": False, "has_touch": True, "is_mobile": True}
    with a_browser(chromium, server, **options) as context, a_tab(context) as page:
        page.goto(link)
        hand = Hand(page)
        hand.types("text", "Is there a ramp?")
        hand.saves("Send", "Is there a ramp?")
        hand.saves("We can help", "Saved.")
        hand.unfold("We tried to reach them")
        hand.saves("No answer", "Saved.")
        hand.unfold("It has to wait")
        hand.saves("14 days", "Saved.")
        hand.saves("We have started", "Saved.")
        hand.types("available", "3")
        hand.saves("Yes, we have room", "with today’s date")
        hand.unfold("Say what came of it")
        hand.saves("They got the help", "Thank you")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_packet_with_a_long_note_is_one_page(chromium: Browser, server: Server, size: str) -> None:
    with a_browser(chromium, server) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        paper("sheet")(page)
        note = page.locator(".packet > p").nth(2)
        note.evaluate("(element) => { element.textContent = 'Can lift little. '.repeat(118); }")
        assert len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(format=size))) == 1
