"""The map beside the list: the cards' numbers, by keyboard too; the list and the small picture do without it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.checks import check_with_axe
from tests.browser.portal_ways import find
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)


@pytest.fixture
def wide(chromium: Browser, server: Server) -> Iterator[Page]:
    with a_browser(chromium, server, viewport=WIDE) as context, a_tab(context) as page:
        find("food-insecurity", "53206")(page)
        yield page


def test_each_pin_is_a_card_and_leads_to_it(wide: Page) -> None:
    pins = wide.locator(".map__pin")
    expect(pins.first).to_be_visible()
    assert set(pins.all_inner_texts()) <= set(wide.locator(".result__pin").all_inner_texts())
    check_with_axe(wide)

    pins.first.focus()
    wide.keyboard.press("Enter")

    number = pins.first.inner_text()
    expect(wide.locator(f"#card-{number} .result__title a")).to_be_focused()


def test_it_moves_by_keyboard_and_shows_no_small_picture_beside(wide: Page) -> None:
    expect(wide.locator(".map__pin").first).to_be_visible()
    expect(wide.locator(".small-map > svg")).to_be_hidden()
    before = wide.locator(".map__pin").first.bounding_box()

    wide.locator(".map").focus()
    wide.keyboard.press("ArrowRight")

    wide.wait_for_function(
        "left => document.querySelector('.map__pin').getBoundingClientRect().left !== left", arg=before and before["x"]
    )


def test_a_small_screen_asks_for_none_of_it(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=NARROW) as context, a_tab(context) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        find("food-insecurity", "53206")(page)
        page.wait_for_load_state("networkidle")

        assert not [url for url in asked if "leaflet" in url or "/map/" in url]
        expect(page.locator(".map")).to_be_hidden()


def test_without_script_there_is_the_small_picture(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=WIDE, java_script_enabled=False) as context:
        page = context.new_page()
        find("food-insecurity", "53206")(page)
        expect(page.locator(".small-map > svg")).to_be_visible()
