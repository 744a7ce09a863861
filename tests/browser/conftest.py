"""A running server with the demo markets, Chromium, and axe."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from tests.browser.checks import check_with_axe
from tests.browser.serving import Server, a_server
from tests.browser.watching import a_browser, a_tab

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whoever a page asks beside this machine is not found, and nothing leaves it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
CHROMIUM = os.environ.get("RESOURCE_HUB_TEST_CHROMIUM", "/usr/bin/chromium")
# The narrowest phone we serve, a desk, and the same desk at night.
SCREENS: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {
    "phone": (ViewportSize(width=360, height=740), "light"),
    "desk": (ViewportSize(width=1280, height=900), "light"),
    "dark": (ViewportSize(width=1280, height=900), "dark"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium, and talks to this machine only."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The production server, with the demo markets."""
    with a_server(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture(autouse=True)
def demo_as_loaded(server: Server) -> None:
    """No test sees what another one did."""
    server.demo.give_back()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The library that steers browsers: there is one in a process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(params=SCREENS)
def context(chromium: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser on each of the screens."""
    size, scheme = SCREENS[request.param]
    with a_browser(chromium, server, viewport=size, color_scheme=scheme) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of that browser."""
    with a_tab(context) as page:
        yield page


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """Return a check of the page as it stands."""
    return lambda: check_with_axe(page)
