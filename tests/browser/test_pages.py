"""Every page's frame in a real browser: readable for everyone, on a phone, at night, by keyboard, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

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
