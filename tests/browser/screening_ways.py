"""How a browser gets to the pages of screening: an instrument that is brought, a person asked, a person alone."""

from playwright.sync_api import Page

from tests.browser.ways import Way, first, person, send

QUESTIONNAIRE = (
    b'{"resourceType": "Questionnaire", "name": "Weather", "status": "active", "copyright": "Ask the weather office.",'
    b' "item": [{"linkId": "home", "type": "group", "text": "Your home", "item": ['
    b' {"linkId": "rain", "type": "boolean", "text": "Does it rain in?"},'
    b' {"linkId": "rooms", "type": "integer", "text": "How many rooms are wet?",'
    b' "enableWhen": [{"question": "rain", "operator": "=", "answerBoolean": true}]},'
    b' {"linkId": "words", "type": "text", "text": "What else?"}]}]}'
)


def terms(page: Page) -> None:
    page.goto("/steward/instruments")
    page.locator("input[type=file]").set_input_files(
        {"name": "weather.json", "mimeType": "application/json", "buffer": QUESTIONNAIRE}
    )
    send(page)


def instrument(page: Page) -> None:
    terms(page)
    page.locator("label[for=accepted]").click()
    send(page)
    first(page, "main th a")


def way_to_screen(way: str, instrument: str = "short-screener") -> Way:
    def go(page: Page) -> None:
        person(page)
        page.goto(f"{page.url}/screening")
        page.locator("#instrument").select_option(instrument)
        send(page, f"button[value={way}]")

    return go


code, asking, alone, alone_menu = (
    way_to_screen("code"),
    way_to_screen("ask"),
    way_to_screen("hand-over"),
    way_to_screen("hand-over", "menu"),
)


def answer(page: Page) -> None:
    """Say on the short screener that food and rides are short, and that home is not safe."""
    for field, value in (("food", "most"), ("rides", "rarely"), ("safety", "yes")):
        box = page.locator(f'input[name="item.{field}"][value="{value}"]')
        page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    send(page, ".form__actions button[value=on]")


def wishes(page: Page) -> None:
    asking(page)
    answer(page)


def order(page: Page) -> None:
    person(page)
    page.goto(f"{page.url}/needs/order")


def alone_wishes(page: Page) -> None:
    alone(page)
    answer(page)


def alone_list(page: Page) -> None:
    alone(page)
    send(page, "button[value=skip]")


def found(page: Page) -> None:
    """Screen somebody who has nowhere to sleep, and see what was found."""
    person(page)
    page.goto(f"{page.url}/screening/paper")
    page.locator("label[for=q-1-2]").click()
    send(page)


def found_answers(page: Page) -> None:
    """See what was said, question by question."""
    found(page)
    page.locator("details.fold summary").first.click()
