"""Leaving at once: afterwards neither Back nor Forward nor the browser's own cache shows a page of the portal."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.portal_ways import find, listing
from tests.browser.serving import Server
from tests.browser.watching import NEUTRAL, answer_for_the_neutral_site


@pytest.fixture(scope="module")
def remembering(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with its cache of whole pages on; the library's own start turns it off."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=[*QUIET, "--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def tab(remembering: Browser, server: Server) -> Iterator[Page]:
    context = remembering.new_context(base_url=server.address)
    answer_for_the_neutral_site(context)
    yield context.new_page()
    context.close()


def press(page: Page) -> None:
    page.locator("a[data-leave]").click()


def escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [press, escape], ids=["button", "three times Escape"])
def test_no_page_of_the_portal_is_seen_again(tab: Page, server: Server, leave: Callable[[Page], None]) -> None:
    tab.goto("about:blank")
    tab.goto("/")
    tab.goto("/my-list")
    listing(tab)
    leave(tab)
    tab.wait_for_url(NEUTRAL)

    for turn in (tab.go_back, tab.go_back, tab.go_forward, tab.go_back, tab.go_back):
        _try(turn)
        assert not tab.get_by_role("heading", name="What do you need help with?").is_visible()
        assert not tab.locator("main:visible").count(), tab.url


def test_two_times_escape_stays(tab: Page) -> None:
    tab.goto("/")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(200)
    assert tab.locator("main").is_visible()


def test_the_list_that_was_kept_is_gone(tab: Page) -> None:
    find("food-insecurity", "53206")(tab)
    tab.locator("[data-save]").first.click()
    press(tab)
    tab.wait_for_url(NEUTRAL)
    tab.goto("/")
    assert tab.evaluate("localStorage.length") == 0
    assert tab.locator("main").is_visible(), "who comes back by the address is welcome"


def _try(turn: Callable[..., object]) -> None:
    """Go through the history; a page that was sent as a form is not shown again, which Chromium calls an error."""
    try:
        turn(timeout=5000)
    except Error as refused:
        if not any(known in refused.message for known in ("ERR_CACHE_MISS", "ERR_ABORTED", "Timeout")):
            raise
