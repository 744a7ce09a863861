"""A running server with the demo markets, Chromium, and axe."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    Route,
    ViewportSize,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("resource-hub")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM = os.environ.get("RESOURCE_HUB_TEST_CHROMIUM", "/usr/bin/chromium")
UNDECIDED = "incomplete: color-contrast"
SCROLL = """share => document.querySelectorAll('.table-scroll').forEach(part => {
    part.scrollLeft = share * (part.scrollWidth - part.clientWidth); })"""
START_SECONDS = 60
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


@dataclass(frozen=True)
class Server:
    """The address, and what the server printed when it started."""

    address: str
    printed: Path

    def account(self, role: str) -> tuple[str, str]:
        """Return the e-mail address and password of a role's first demo account, as a newcomer reads them."""
        for line in self.printed.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if role in words[2:]:
                return words[0], words[1]
        pytest.fail(f"no demo account for {role} was printed")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The production server, with the demo markets."""
    with a_server(tmp_path_factory.mktemp("instance")) as running:
        yield running


@contextmanager
def a_server(instance: Path) -> Iterator[Server]:
    """Run the production server on a database of its own with the demo markets."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("RESOURCE_HUB_")}
    env |= {"RESOURCE_HUB_INSTANCE": str(instance), "RESOURCE_HUB_PORT": str(port), "RESOURCE_HUB_WORKERS": "1"}
    for command in (["db", "upgrade"], ["seed", "demo"]):
        subprocess.run([COMMAND, *command], env=env, check=True, capture_output=True)
    running = Server(f"http://127.0.0.1:{port}", instance / "printed")
    with running.printed.open("w") as printed, subprocess.Popen([COMMAND, "run"], env=env, stdout=printed) as process:
        try:
            _wait_for(f"{running.address}/readyz", process)
            yield running
        finally:
            process.terminate()


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


@contextmanager
def a_browser(chromium: Browser, server: Server, **options: Any) -> Iterator[BrowserContext]:
    """A browser nobody has used, which fails the test when a page asks anyone but our server."""
    strangers: list[str] = []

    def only_ours(route: Route) -> None:
        if route.request.url.startswith(server.address):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    # What a worker asks for would not be seen here, so only the tests of the worker let one start.
    context = chromium.new_context(base_url=server.address, **{"service_workers": "block", **options})
    context.route("**/*", only_ours)
    yield context
    context.close()
    assert strangers == []


@contextmanager
def a_tab(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails the test when a script, the security policy or a missing file complains."""
    page = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 on purpose is reported like a missing file; those are told below.
        if message.type == "error" and "Failed to load" not in message.text:
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.request.resource_type != "document":
            complaints.append(f"{response.status} {response.url}")

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", heard)
    page.on("response", answered)
    yield page
    assert complaints == []


def check_with_axe(page: Page, *only: str) -> None:
    """Check the page as it stands: axe finds nothing wrong and nothing undecided, and nothing overflows.

    With the names of rules, axe looks at these only.
    """
    found = _found_by_axe(page, *only)
    for share in (0.5, 1):
        if any(line.startswith(UNDECIDED) for line in found):
            # What lies beside the seen part of a table can be judged when the table is scrolled to it.
            page.evaluate(SCROLL, share)
            scrolled = _found_by_axe(page, "color-contrast")
            found = [line for line in found if not line.startswith(UNDECIDED) or line in scrolled]
    page.evaluate(SCROLL, 0)
    assert found == []
    check_width(page)


def _found_by_axe(page: Page, *only: str) -> list[str]:
    # Run by the debugger, so the page's own security policy stays as strict as it is for everyone.
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations", "incomplete"]} | ({"runOnly": list(only)} if only else {})
    result = page.evaluate("options => axe.run(options)", options)
    return [
        f"{kind}: {rule['id']}: {node['html']}"
        for kind in ("violations", "incomplete")
        for rule in result[kind]
        for node in rule["nodes"]
        if not (kind == "incomplete" and rule["id"] == "color-contrast" and _is_of_a_picture(page, node["target"][0]))
    ]


def _is_of_a_picture(page: Page, target: str) -> bool:
    """Tell whether a text stands in a picture that only repeats what the table or list beside it says."""
    inside = "target => Boolean(document.querySelector(target)?.closest('svg[aria-hidden=true]'))"
    return bool(page.evaluate(inside, target))


def check_width(page: Page) -> None:
    """Check that nothing sticks out to the right of the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page is wider than the screen"
    )


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            urlopen(address, timeout=2).close()  # noqa: S310  an http address made above
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not answer within {START_SECONDS} seconds")
