"""A resident by keyboard alone, with the page four times as large, and without motion."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.checks import check_width
from tests.browser.portal_ways import contact_me, find, listing, saved, where
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab
from tests.browser.ways import Way, at, enter, tab_to

DESK = ViewportSize(width=1280, height=900)
# What is left of a window of 1280 to 1024 at 400 %.
ZOOMED = ViewportSize(width=320, height=256)
PAGES: dict[str, Way] = {
    "start": at("/"),
    "where": where("food-insecurity"),
    "list": find("food-insecurity", "53206"),
    "listing": listing,
    "my list": saved,
    "contact me": contact_me,
}
IS_SEEN = """() => {
  const part = document.activeElement;
  const shown = part.matches('input[type=radio], input[type=checkbox]') ? part.labels[0] : part;
  return [...shown.getClientRects()].some(({ left, right, top, bottom }) =>
    [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
      const there = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
      return there && (shown.contains(there) || there.contains(shown) && there.matches('label'));
    })));
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter((part) => {
  const { transitionDuration, animationDuration } = getComputedStyle(part);
  return [transitionDuration, animationDuration].join(', ').split(', ').some((time) => parseFloat(time) > 0.01);
}).map((part) => part.outerHTML.slice(0, 80))"""


def test_from_the_first_word_to_asking_for_a_call_by_keyboard(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        page.goto("/")
        tab_to(page, "#words")
        page.keyboard.type("I need food today")
        enter(page)
        tab_to(page, "#zip")
        page.keyboard.type("53206")
        enter(page)
        tab_to(page, ".filters button[value=no_id]")
        enter(page)
        expect(page.locator(".filters button[value=no_id]")).to_have_attribute("aria-pressed", "true")
        tab_to(page, ".result__title a")
        name = page.evaluate("document.activeElement.textContent")
        enter(page)
        expect(page.locator("h1")).to_have_text(name)
        tab_to(page, "[data-save]")
        page.keyboard.press("Enter")
        expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Home")
        tab_to(page, ".site-nav a[href$='/my-list']")
        enter(page)
        expect(page.locator(".result__title")).to_have_text(name)
        tab_to(page, ".result a[href$='/contact-me']")
        enter(page)
        fill_in(page)
        expect(page.locator("h1")).to_have_text("Your request was sent")


def fill_in(page: Page) -> None:
    tab_to(page, "#name")
    page.keyboard.type("Keyboard Kay")
    tab_to(page, "#by-0")
    page.keyboard.press("Space")
    tab_to(page, "#reach")
    page.keyboard.type("414-555-0143")
    tab_to(page, "#agree")
    page.keyboard.press("Space")
    tab_to(page, "main .form__actions button")
    enter(page)


@pytest.mark.parametrize("name", PAGES)
def test_four_times_as_large_everything_is_in_one_column_and_the_focus_is_seen(
    chromium: Browser, server: Server, name: str
) -> None:
    # The link past the head glides into view; without motion it is there at once.
    options = {"viewport": ZOOMED, "reduced_motion": "reduce"}
    with a_browser(chromium, server, **options) as context, a_tab(context) as page:
        PAGES[name](page)
        check_width(page)
        hidden = []
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            if not page.evaluate(IS_SEEN):
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        assert hidden == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_who_does_not_want_it(chromium: Browser, server: Server, name: str) -> None:
    with a_browser(chromium, server, viewport=DESK, reduced_motion="reduce") as context, a_tab(context) as page:
        PAGES[name](page)
        assert page.evaluate(MOVING) == []
