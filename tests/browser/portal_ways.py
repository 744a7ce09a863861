"""How a browser gets to the pages of the portal, and to what it leads to at the stewards'."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.ways import Way, call, first, send, unfold

LONG = "element => { element.removeAttribute('maxlength'); element.value = 'x'.repeat(600); }"


def find(need: str, zip_code: str) -> Way:
    def go(page: Page) -> None:
        where(need)(page)
        page.locator("#zip").fill(zip_code)
        send(page)

    return go


def find_words(words: str) -> Way:
    def go(page: Page) -> None:
        page.goto("/")
        page.locator("#words").fill(words)
        send(page)
        if page.locator("#zip").count():
            page.locator("#zip").fill("53206")
            send(page)

    return go


def where(need: str) -> Way:
    def go(page: Page) -> None:
        page.goto("/")
        send(page, f"button[value={need}]")

    return go


def guided(page: Page) -> None:
    page.goto("/guide")
    send(page, "button[value=money]")


def narrowed(page: Page) -> None:
    find("food-insecurity", "53206")(page)
    send(page, "button[value=free]")
    send(page, "button[value=spanish]")


def saved(page: Page) -> None:
    find("food-insecurity", "53206")(page)
    page.locator("[data-save]").first.click()
    page.goto("/my-list")
    page.locator(".result").first.wait_for()
    page.wait_for_function("() => localStorage.getItem('my-list-cards')")


def offline(page: Page) -> None:
    """The page that the worker keeps for the reader's language, with a list."""
    saved(page)
    page.goto(f"/offline/{page.evaluate('document.documentElement.lang')}")
    page.locator("[data-kept-list] .result").first.wait_for()


def listing(page: Page) -> None:
    find("food-insecurity", "53206")(page)
    first(page, ".result__title a")


def wrong(page: Page) -> None:
    listing(page)
    first(page, "a[href$='/wrong']")


def wrong_with_too_much(page: Page) -> None:
    wrong(page)
    page.locator("#note").evaluate(LONG)
    send(page, "button[value=hours]")


def contact_me(page: Page) -> None:
    listing(page)
    first(page, "a[href$='/contact-me']")


def contact_sent(page: Page) -> None:
    contact_me(page)
    page.locator("#name").fill("Rosa")
    page.locator("label[for=by-0]").click()
    page.locator("#reach").fill("414-555-0143")
    page.locator("label[for=agree]").click()
    send(page)


def contact_with_care(page: Page) -> None:
    find("intimate-partner-violence", "53206")(page)
    first(page, ".result__title a")
    page.goto(f"{page.url}/contact-me")


def links(page: Page) -> None:
    call(page)
    first(page, "main a[href$='/links']")
    send(page)


def still_right(page: Page) -> None:
    links(page)
    page.goto(urlsplit(page.locator(".link-address").first.input_value()).path)
    unfold(page)


def reported(page: Page) -> None:
    wrong(page)
    send(page, "button[value=phone]")
    page.goto("/steward/reports")
