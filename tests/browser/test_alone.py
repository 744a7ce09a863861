"""A person answers alone on a small phone without scripts; afterwards, the back button and the tablet show nothing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.checks import check_width
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab
from tests.browser.ways import first, person, send, sign_in

SMALL = ViewportSize(width=360, height=740)


@pytest.fixture
def tablet(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    """A small screen on which scripts do not run."""
    with a_browser(chromium, server, viewport=SMALL, java_script_enabled=False) as context:
        yield context


@pytest.fixture
def desk(chromium: Browser, server: Server) -> Iterator[Page]:
    """The page of a person, open before a coordinator."""
    with a_browser(chromium, server) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        person(page)
        page.goto(f"{page.url}/screening")
        yield page


def code_of(desk: Page, instrument: str = "short-screener") -> str:
    desk.locator("#instrument").select_option(instrument)
    send(desk, "button[value=code]")
    return desk.locator(".code").inner_text()


def shows_nothing(page: Page) -> None:
    assert page.url.endswith(("/screen/over", "/sign-in", "/screen"))
    assert page.locator("fieldset, .result").count() == 0


def go_back_all_the_way(page: Page) -> None:
    for _ in range(8):
        page.go_back()
        if page.url == "about:blank":
            return
        shows_nothing(page)


def tick(page: Page, field: str, value: str) -> None:
    box = page.locator(f'input[name="{field}"][value="{value}"]')
    page.locator(f'label[for="{box.get_attribute("id")}"]').click()


def test_a_whole_path_on_a_small_screen_without_scripts_leaves_nothing(desk: Page, tablet: BrowserContext) -> None:
    code = code_of(desk)
    with a_tab(tablet) as page:
        page.goto("/screen")
        page.locator("#code").fill(code)
        send(page)
        check_width(page)
        tick(page, "item.food", "most")
        tick(page, "item.safety", "yes")
        send(page, ".form__actions button[value=on]")
        assert page.locator(".safety__numbers a").first.is_visible()
        check_width(page)
        tick(page, "help.food-insecurity", "yes")
        tick(page, "help.intimate-partner-violence", "yes")
        send(page, ".form__actions button")
        assert "What comes first" in page.locator("h1").inner_text()
        before = page.locator(".order__name").all_inner_texts()
        send(page, "button[value=down]")
        assert page.locator(".order__name").all_inner_texts() != before
        check_width(page)
        first(page, "main a.usa-button")
        assert page.locator(".result").count() > 0
        check_width(page)
        assert re.search("code=|food|violence", page.url) is None
        send(page, "form[action$=done] button")
        shows_nothing(page)
        go_back_all_the_way(page)


def test_skipping_everything_is_one_press_to_a_list(desk: Page, tablet: BrowserContext) -> None:
    code = code_of(desk)
    with a_tab(tablet) as page:
        page.goto("/screen")
        page.locator("#code").fill(code)
        send(page)
        send(page, "button[value=skip]")
        assert page.locator(".result").count() > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_tablet_that_was_handed_over_does_not_lead_back_to_the_staff(
    chromium: Browser, server: Server, *, scripts: bool
) -> None:
    with (
        a_browser(chromium, server, viewport=SMALL, java_script_enabled=scripts) as context,
        a_tab(context) as page,
    ):
        sign_in(page, server, "coordinator")
        person(page)
        at = page.url
        page.goto(f"{at}/screening")
        send(page, "button[value=hand-over]")
        assert page.locator("fieldset").count() > 0
        for _ in range(4):
            page.go_back()
            assert not re.search(r"Record number|Sign out", page.locator("body").inner_text())
        page.goto(at)
        assert page.url.endswith("/sign-in")


def test_without_a_connection_the_answers_stay_and_are_sent_later(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=SMALL) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        person(page)
        page.goto(f"{page.url}/screening")
        send(page, "button[value=ask]")
        tick(page, "item.food", "none")
        context.set_offline(True)
        page.locator("button[value=on]").click()
        page.locator("[data-unsent]").wait_for(state="visible")
        assert page.locator('input[name="item.food"][value="none"]').is_checked()
        context.set_offline(False)
        with page.expect_navigation():
            page.locator("button[value=on]").click()
        page.go_back()
        page.reload()
        assert page.locator('input[name="item.food"][value="none"]').is_checked()
        assert "saved at" in page.locator("main").inner_text()
