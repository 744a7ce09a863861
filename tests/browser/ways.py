"""What every way to a page is made of."""

from collections.abc import Callable

from playwright.sync_api import Page

Way = Callable[[Page], object]


def first(page: Page, selector: str) -> None:
    """Follow the first link of a kind."""
    page.locator(selector).first.click()
    page.wait_for_load_state()


def send(page: Page, selector: str = "main form button:not([name=need])") -> None:
    """Press the first button of a form and wait for what comes."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def refused(way: Way, selector: str) -> Way:
    """Return the way to a form that was sent empty."""

    def go(page: Page) -> None:
        way(page)
        for box in page.locator("main form input:not([type=hidden]):not([type=checkbox]):not([type=radio])").all():
            box.evaluate("element => { element.type = 'text'; element.value = 'x'.repeat(300); }")
        send(page, selector)

    return go


def at(path: str) -> Way:
    return lambda page: page.goto(path)
