"""Browsers and tabs that fail the test when a page asks a stranger or complains."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response

from tests.browser.serving import Server

NEUTRAL = "https://www.weather.gov/"


@contextmanager
def a_browser(chromium: Browser, server: Server, **options: Any) -> Iterator[BrowserContext]:
    """A browser nobody has used, which fails the test when a page asks anyone but our server."""
    # What a worker asks for would not be seen here, so only the tests of the worker let one start.
    context = chromium.new_context(base_url=server.address, **{"service_workers": "block", **options})
    with asks_only_us(context, server):
        yield context
        context.close()


@contextmanager
def asks_only_us(context: BrowserContext, server: Server) -> Iterator[None]:
    """Fail when a page asks anyone but our server."""
    strangers: list[str] = []

    def asked(request: Request) -> None:
        leaves = request.is_navigation_request() and request.url.startswith(NEUTRAL)
        if not request.url.startswith(server.address) and not leaves:
            strangers.append(request.url)

    context.on("request", asked)
    yield
    context.remove_listener("request", asked)
    assert strangers == []


def answer_for_the_neutral_site(context: BrowserContext) -> None:
    """Say something in the place of the site that leaving goes to, which tests never ask."""
    page = "<title>Weather</title><h1>Weather</h1>"
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body=page, content_type="text/html"))


@contextmanager
def a_tab(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails the test when a script, the security policy or a missing file complains."""
    page = context.new_page()
    with no_complaints(page):
        yield page


@contextmanager
def no_complaints(page: Page) -> Iterator[None]:
    """Fail when a script, the security policy or a missing file complains."""
    complaints: list[str] = []

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def heard(message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 on purpose is reported like a missing file; those are told below.
        if message.type == "error" and "Failed to load" not in message.text:
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.request.resource_type != "document":
            complaints.append(f"{response.status} {response.url}")

    page.on("pageerror", failed)
    page.on("console", heard)
    page.on("response", answered)
    yield
    for event, listener in (("pageerror", failed), ("console", heard), ("response", answered)):
        page.remove_listener(event, listener)
    assert complaints == []
