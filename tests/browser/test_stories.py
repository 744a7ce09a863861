"""A coordinator's whole story in a real browser: without script, and by keyboard alone."""

import re
from contextlib import nullcontext

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab
from tests.browser.ways import enter, first, hand_off_it, sign_in, somebody_hungry, tab_to

DESK = ViewportSize(width=1280, height=900)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_the_whole_story_without_script(chromium: Browser, server: Server) -> None:
    options = {"viewport": DESK, "java_script_enabled": False}
    with a_browser(chromium, server, **options) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        page.get_by_role("link", name="People", exact=True).click()
        page.get_by_role("link", name="Add a person").click()
        page.get_by_role("main").get_by_label("Name").fill("Noscript Nora")
        page.get_by_label("ZIP Code of home").fill("53206")
        page.get_by_label("Market").select_option(label="Milwaukee County")
        press(page, "Add")
        expect(page.get_by_role("heading", level=1)).to_have_text("Noscript Nora")
        page.get_by_role("link", name="Change").click()
        page.get_by_label("Food", exact=True).select_option("yes")
        press(page, "Save")
        page.get_by_role("link", name="Find help").click()
        page.locator("li.rank summary").first.click()
        press(page, "Hand off")
        hand_off_it(page)
        expect(page.get_by_role("status")).to_contain_text("Sent.")
        for answer in ("They said yes", "They have started", "They said it is done"):
            press(page, answer)
        for question in ("Did they reach the person?", "Is the need met?"):
            page.get_by_role("group", name=question).locator("label", has_text="Yes").click()
        press(page, "Save what came of it")
        expect(page.get_by_role("status")).to_contain_text("Saved.")
        expect(page.get_by_text("Is the need met?").first).to_be_visible()
        page.get_by_role("link", name="Today").click()
        expect(page.get_by_text("Noscript Nora")).to_have_count(0)


def test_sign_in_and_hand_off_by_keyboard_alone(chromium: Browser, server: Server) -> None:
    email, password = server.account("coordinator")
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        page.goto("/sign-in")
        tab_to(page, "#email")
        page.keyboard.type(email)
        tab_to(page, "#password")
        page.keyboard.type(password)
        enter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        tab_to(page, "a[href='/desk/people/']")
        enter(page)
        tab_to(page, "a[href='/desk/people/add']")
        enter(page)
        tab_to(page, "#name")
        page.keyboard.type("Keyboard Kim")
        tab_to(page, "main form button")
        enter(page)
        tab_to(page, "a[href$='/needs']")
        enter(page)
        tab_to(page, "#n-food-insecurity")
        page.keyboard.type("Y")
        tab_to(page, "main form button")
        enter(page)
        tab_to(page, "a[href$='/match']")
        enter(page)
        tab_to(page, "li.rank summary")
        page.keyboard.press("Space")
        expect(page.locator("li.rank details").first).to_have_attribute("open", "")
        tab_to(page, "li.rank [data-key=h]")
        enter(page)
        for box in ("#only_route", "[name=how_given]", "#agreed", "#despite_no_capacity"):
            # Among equals the lot decides who comes first: it may be one that said it has no room.
            if page.locator(box).count():
                tab_to(page, box)
                page.keyboard.press("Space")
        tab_to(page, "main form button")
        enter(page)
        expect(page.get_by_role("status")).to_contain_text("Sent.")


def test_anywhere_by_a_few_letters_and_without_a_mouse(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        name = page.locator(".work__what a").first.inner_text()
        page.keyboard.press("Control+k")
        expect(page.locator("#palette-words")).to_be_focused()
        expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
        page.keyboard.type(name[:4])
        option = page.locator("[role=option]", has_text=name).first
        expect(option).to_be_visible()
        while option.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.keyboard.press("Meta+k")
        page.keyboard.type("find")
        expect(page.locator("[role=option]")).to_have_count(1)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        page.keyboard.press("Control+k")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()


def how_many_fit(page: Page) -> int:
    """Return of how many services that fit the list shows the first."""
    said = re.search(r"of (\d+) that fit", page.locator("main").inner_text())
    assert said
    return int(said[1])


def test_the_list_follows_a_chip_at_once_and_keeps_the_focus(chromium: Browser, server: Server) -> None:
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        somebody_hungry(page)
        first(page, "main a[href$='/match']")
        address, before = page.url, how_many_fit(page)
        assert before
        page.locator(".chip-edit summary", has_text="At most, in km").click()
        page.locator("#max_km").fill("0.1")
        page.locator("#max_km").press("Tab")
        expect(page.locator(".chip-edit summary", has_text="At most, in km")).to_contain_text("0.1")
        expect(page.locator(".excluded summary", has_text="Too far")).to_be_visible()
        assert page.url == address
        assert how_many_fit(page) < before


FEWEST_ACTS = 12


def test_from_a_finished_screener_to_sent_in_a_few_keys(chromium: Browser, server: Server) -> None:
    """Every key and click counts, from the page that says what was found to the one that says it was sent."""
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        sign_in(page, server, "coordinator")
        somebody_hungry(page)
        acts = 0
        first(page, "main a[href$='/match']")
        acts += 1
        page.locator("li.rank summary.rank__row").first.focus()
        for key in ("j", "k", "h"):
            with page.expect_navigation() if key == "h" else nullcontext():
                page.keyboard.press(key)
            acts += 1
        acts += hand_off_it(page, agreed="In writing")
        expect(page.get_by_role("status").first).to_contain_text("Sent")
        assert acts <= FEWEST_ACTS


def test_where_the_focus_is_can_always_be_seen(chromium: Browser, server: Server) -> None:
    """Every stop of the Tab key on the sign-in page has an outline."""
    with a_browser(chromium, server, viewport=DESK) as context, a_tab(context) as page:
        page.goto("/sign-in")
        for _ in range(6):
            page.keyboard.press("Tab")
            style = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{style}.outlineStyle + {style}.boxShadow") != "nonenone"
