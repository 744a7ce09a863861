"""What people said is found nowhere outside: in no log, address, notice, nor in the bytes of the database."""

import logging
import re

import pytest

from tests.stories.browser import Browser
from tests.stories.canaries import found, left_behind
from tests.stories.conftest import Town
from tests.stories.parts import add_ana, hand_off

SAID = {"name": "Canaria Quetzalli", "record_number": "ZX81-90210", "birth": "1931-07-29", "phone": "443-555-0187"}
OWN = {"name": "Canisha Ollintzin", "phone": "443-555-0191", "times": "canary-times-5152"}
NOTE, COMMENT, SOUGHT = "canary-note-5150", "canary-comment-5151", "21224"
SECRETS = ("Canaria", "Quetzalli", "ZX81", "1931-07-29", "4435550187", "555-0187", "note-5150", "comment-5151", SOUGHT)
OWN_SECRETS = ("Canisha", "Ollintzin", "4435550191", "555-0191", "times-5152")


@pytest.fixture
def told(town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return all that is left behind by a day's work, by where it was found."""
    caplog.set_level(logging.DEBUG)
    cora, paula, rosa = town.sign_in("cora@example.org"), town.sign_in("paula@example.org"), town.browser()
    work_a_day(town, cora, paula, rosa)
    return left_behind(town, caplog, capfd, (cora, paula, rosa))


def work_a_day(town: Town, cora: Browser, paula: Browser, rosa: Browser) -> None:
    add_ana(cora, **SAID)
    person = cora.path
    hand_off(cora, note=NOTE)
    paula.open("/partner/")
    paula.follow("Answer")
    assert "Canaria Quetzalli" in paula.page.text
    assert NOTE in paula.page.text
    paula.press("We can’t help", {"reason": "other", "comment": COMMENT})
    cora.open("/desk/people/")
    cora.press("Find", {"record_number": SAID["record_number"]})
    assert cora.page.heading == SAID["name"]
    cora.open("/desk/people/")
    cora.press("Find", {"record_number": "ZX81-90211"})
    cora.open(person)
    cora.press("Update the list", {"near": SOUGHT})
    cora.press("Update the list", {"near": f"{SOUGHT}-Canaria"})
    for zip_code in (SOUGHT, f"{SOUGHT}Canaria"):
        rosa.open("/")
        rosa.press("Food")
        rosa.press("Show help", {"zip": zip_code})
    rosa.open("/")
    rosa.press("Food")
    rosa.press("Show help", {"zip": "21201"})
    rosa.follow("Hillside pantry")
    rosa.follow("Ask them to contact me")
    asked = rosa.press(
        "Send", {"name": OWN["name"], "by": "text", "reach": OWN["phone"], "times": OWN["times"], "agree": "y"}
    )
    assert asked.heading == "Your request was sent"
    town.run("worker", "--once")


def test_nothing_that_was_said_is_left_behind(told: dict[str, str]) -> None:
    assert {"log", "printed", "addresses", "hub.db"} <= told.keys()
    assert any(name.endswith(".eml") for name in told)
    assert "request" in told["log"]
    assert found(told, (*SECRETS, *OWN_SECRETS)) == set()


def test_the_search_would_find_what_is_there(told: dict[str, str]) -> None:
    """The directory itself is public, and stands in the file in plain words."""
    assert "Harbor pantry" in told["hub.db"] + told["hub.db-wal"]
    assert re.search("/desk/people/[0-9a-f-]{36}", told["addresses"])
    assert "paula@example.org" in "".join(text for name, text in told.items() if name.endswith(".eml"))
