"""A care coordinator, from sign-in to a closed loop; and what happens when it does not go by the book."""

import re

from tests.stories.browser import Browser
from tests.stories.conftest import PETE, Town
from tests.stories.parts import ANA, add_ana, hand_off


def test_from_screening_to_a_closed_loop(town: Town, cora: Browser, paula: Browser) -> None:
    assert cora.page.heading == "Today"
    assert "Nothing is due" in cora.page.text

    shown = add_ana(cora)
    assert shown.heading == "Find help for Ana Reyes-Quispe"
    assert "Saved. Found: Food." in shown.text
    assert shown.text.index("Harbor pantry") < shown.text.index("Hillside pantry")
    assert "Neighbour" not in shown.text

    sent = hand_off(cora)
    assert "Sent. A place is kept." in sent.text
    handoff = cora.path

    town.clock.move(hours=3)
    paula.open("/partner/")
    assert "Ana Reyes-Quispe" in paula.page.text
    paula.follow("Answer")
    assert "Uses a walker" in paula.page.text
    assert "(410) 555-0142" in paula.page.text
    assert "1950" not in paula.page.text
    assert "Accepted" in paula.press("We can help").text
    paula.follow("Say whether you have room")
    assert "Thank you" in paula.press("Save", {"status": "capacity", "available": "4"}).text

    town.clock.move(days=1)
    paula.open(handoff.replace("desk", "partner"))
    assert "In progress" in paula.press("We have started").text
    town.clock.move(days=1)
    assert "Done" in paula.press("Done").text

    cora.open("/desk/")
    assert "Write down what came of it" in cora.page.text
    cora.follow("Write down what came of it")
    answers = {"contacted": "yes", "received": "yes", "need_met": "yes", "experience": "good"}
    closed = cora.press("Save what came of it", answers)
    for text in ("Saved.", "The place is taken", "Is the need met? Yes", "How was it for the person? Good"):
        assert text in closed.text, text
    assert [text in closed.text for text in ("Asked", "Accepted", "In progress", "Done")] == [True] * 4

    assert "Nothing is due" in cora.open("/desk/").text
    assert "No request is waiting for you." in paula.open("/partner/").text
    town.run("audit", "verify")


def test_turned_down_for_want_of_room_the_next_best_is_offered(town: Town, cora: Browser, paula: Browser) -> None:
    add_ana(cora)
    hand_off(cora)
    paula.open("/partner/")
    paula.follow("Answer")
    assert "Turned down" in paula.press("We can’t help", {"reason": "at_capacity"}).text

    cora.open("/desk/")
    cora.follow("Offer the next best service")
    assert "No room now" in cora.page.text
    ranked = cora.follow("Find help")

    assert ranked.text.index("Hillside pantry") < ranked.text.index("Harbor pantry")
    row = ranked.text[ranked.text.index("Harbor pantry") :]
    assert "No room: 0" in row
    assert "Sent. A place is kept." in hand_off(cora).text
    assert cora.page.heading == "Hillside pantry"
    assert "Offer the next best service" not in cora.open("/desk/").text

    pete = town.sign_in(PETE)
    assert "Ana Reyes-Quispe" in pete.page.text


def test_a_consent_that_is_taken_back_closes_the_page_that_is_open(cora: Browser, paula: Browser) -> None:
    add_ana(cora)
    hand_off(cora)
    handoff = cora.path
    paula.open("/partner/")
    paula.follow("Answer")
    assert "Ana Reyes-Quispe" in paula.page.text

    cora.open(handoff)
    assert "There is no consent now" in cora.press("Take the consent back").text

    refused = paula.press("We can help")
    again = paula.open(handoff.replace("desk", "partner"))
    for shown in (refused, again, paula.open("/partner/")):
        for secret in (ANA["name"], "Ana", "walker", "555-0142"):
            assert secret not in shown.html
    assert refused.status == 404
    assert "consent has ended" in again.text
    assert "Ask for consent again" in cora.open("/desk/").text


def test_what_nobody_answers_becomes_overdue_and_stands_first(town: Town, cora: Browser) -> None:
    add_ana(cora)
    hand_off(cora)
    town.clock.move(days=8)
    cora = town.sign_in("cora@example.org")
    add_ana(cora, name="Ben Later", record_number="MRN-4712")
    hand_off(cora, urgency="urgent")

    assert "holds expired: 1, overdue raised: 1" in town.run("worker", "--once")

    shown = cora.open("/desk/")
    assert shown.text.count("Overdue") == 1
    assert shown.text.index("Overdue") < shown.text.index("Ana Reyes-Quispe") < shown.text.index("Ben Later")
    notices = [file.read_text() for file in (town.folder / "outbox").glob("*.eml")]
    kinds = [re.findall(r"<(handoff\.[a-z.]+?)\.[0-9a-f-]{8}", one) for one in notices if "cora@example.org" in one]
    assert sorted(kinds) == [["handoff.next.best"], ["handoff.overdue"]]
    assert "overdue raised: 0" in town.run("worker", "--once")
