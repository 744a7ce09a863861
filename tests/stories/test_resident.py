"""A resident finds help alone, in Spanish, without a name and without a cookie."""

from tests.stories.browser import Browser
from tests.stories.conftest import Town


def test_food_near_home_in_spanish(town: Town) -> None:
    rosa = town.browser("es-US,es;q=0.9")

    start = rosa.open("/")
    assert '<html lang="es">' in start.html
    assert "What do you need" not in start.text

    rosa.press("Comida")
    found = rosa.press("Ver ayuda", {"zip": "21201"})
    assert "21201" in found.heading
    assert "Food" not in found.heading
    assert found.text.index("Harbor pantry") < found.text.index("Hillside pantry")
    assert "Neighbour" not in found.text

    listing = rosa.follow("Harbor pantry")
    assert (listing.status, listing.heading) == (200, "Harbor pantry")
    assert "1 Light St" in listing.text
    assert not [path for path in rosa.visited if "21201" in path or "food" in path]


def test_somebody_who_is_not_safe_reads_first_whom_to_call(town: Town) -> None:
    shown = town.browser().open("/")
    rosa = town.browser()
    rosa.open("/")
    shown = rosa.press("Safety at home")
    assert shown.html.index("tel:18007997233") < shown.html.index("<h1")
    shown = rosa.press("Show help", {"zip": "21201"})

    assert shown.html.index("tel:18007997233") < shown.html.index("<h1")


def test_a_resident_asks_to_be_contacted_hears_no_and_the_desk_steps_in(town: Town, cora: Browser) -> None:
    rosa = town.browser()
    rosa.open("/")
    rosa.press("Food")
    rosa.press("Show help", {"zip": "21201"})
    rosa.follow("Harbor pantry")
    rosa.follow("Ask them to contact me")
    sent = rosa.press("Send", {"name": "Rosa", "by": "phone", "reach": "410-555-0143", "agree": "y"})
    code = sent.html.partition('class="code">')[2][:14]

    paula = town.sign_in("paula@example.org")
    paula.open("/partner/")
    paula.follow("Answer")
    assert "Rosa" in paula.page.text
    paula.press("We can’t help", {"reason": "at_capacity"})

    rosa.open("/follow")
    assert "They can’t help now. We look for another place." in rosa.press("Show", {"code": code}).text
    today = cora.open("/desk/")
    assert "Rosa" in today.text
    assert "the person still needs help" in today.text


def test_a_resident_takes_a_request_back_and_the_organization_sees_them_no_more(town: Town, paula: Browser) -> None:
    rosa = town.browser("es")
    rosa.open("/")
    rosa.press("Comida")
    rosa.press("Ver ayuda", {"zip": "21201"})
    rosa.follow("Harbor pantry")
    rosa.follow("Pedir que me contacten")
    sent = rosa.press("Enviar", {"name": "Rosa", "by": "phone", "reach": "410-555-0143", "agree": "y"})
    code = sent.html.partition('class="code">')[2][:14]
    assert "Rosa" in paula.open("/partner/").text

    rosa.open("/follow")
    rosa.press("Mostrar", {"code": code})
    rosa.press("Anularlo")

    assert "Rosa" not in paula.open("/partner/").text
