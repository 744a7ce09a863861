"""A resident finds help alone, in Spanish, without a name and without a cookie."""

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
