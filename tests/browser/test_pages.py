"""Every page's frame in a real browser: readable for everyone, on a phone, at night, by keyboard, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import check_with_axe
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab
from tests.browser.ways import paper, sign_in

HOMES = {"coordinator": "/desk/", "partner": "/partner/", "steward": "/steward/"}


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_a_page_without_sign_in_is_accessible(page: Page, accessible: Callable[[], None], path: str) -> None:
    answer = page.goto(path)
    assert answer
    assert answer.ok
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible()


def test_the_first_tab_offers_to_skip_to_the_main_part(page: Page) -> None:
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_refused_form_leads_to_its_errors(page: Page, accessible: Callable[[], None]) -> None:
    page.goto("/sign-in")
    page.locator("main button").click()
    expect(page.locator(".error-summary")).to_be_focused()
    accessible()


@pytest.mark.parametrize("role", HOMES)
def test_a_role_reaches_its_home_and_can_use_it(
    page: Page, server: Server, accessible: Callable[[], None], role: str
) -> None:
    email, password = server.account(role)
    page.goto("/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOMES[role]}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible()


def test_the_persons_copy_is_in_their_language_whoever_prints_it(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, locale="es-MX") as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        paper("copy")(page)
        assert page.evaluate("document.documentElement.lang") == "en"
        check_with_axe(page)
        page.set_viewport_size({"width": 360, "height": 740})
        check_with_axe(page)
