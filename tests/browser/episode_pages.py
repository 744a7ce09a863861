"""Where the pages of episodes are."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.ways import Way, at, first, refused, send


def episode(page: Page) -> None:
    page.goto("/desk/episodes")
    first(page, ".work__what a")


def of_episode(act: str) -> Way:
    def go(page: Page) -> None:
        episode(page)
        page.goto(f"{page.url}/{act}")

    return go


def close_gap(page: Page) -> None:
    episode(page)
    first(page, "main a[href*='/gaps/']")


def help_for_a_gap(page: Page) -> None:
    episode(page)
    first(page, "main a[href*='match?gap=']")


def opened_again(page: Page) -> None:
    """The last of the list is closed and opened again, each with a reason."""
    page.goto("/desk/episodes")
    with page.expect_navigation():
        page.locator(".work__what a").last.click()
    address = page.url
    for act, reason in (("close", "declined"), ("reopen", "by-mistake")):
        page.goto(f"{address}/{act}")
        page.locator("[name=reason]").select_option(reason)
        send(page, "main form button")
        assert page.url == address


def open_episode(page: Page) -> None:
    page.goto("/desk/people/")
    addresses = [link.get_attribute("href") for link in page.locator("main th a").all()]
    for address in addresses:
        page.goto(str(address))
        if page.locator("main a[href$='/episode']").count():
            first(page, "main a[href$='/episode']")
            return


EPISODE: Mapping[str, Way] = {
    "episodes": at("/desk/episodes"),
    "open an episode": open_episode,
    "episode": episode,
    "a contact": of_episode("contact"),
    "a contact, refused": refused(of_episode("contact"), "main form button"),
    "assessment": of_episode("assessment"),
    "assessment, refused": refused(of_episode("assessment"), "main form button"),
    "discharge": of_episode("discharge"),
    "stay": of_episode("stay"),
    "return": of_episode("return"),
    "physician": of_episode("doctor"),
    "gap": of_episode("gap"),
    "close a gap": close_gap,
    "help for a gap": help_for_a_gap,
    "an episode opened again": opened_again,
    "open an episode again": of_episode("reopen"),
    "close": of_episode("close"),
    "discharges": at("/desk/discharges"),
    "what was done": at("/desk/fidelity"),
}
