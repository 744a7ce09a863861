"""A listing is kept true: by who stands before the door, by a steward's call, by the organization itself."""

import re
from email import message_from_bytes, policy

from tests.stories.browser import Browser
from tests.stories.conftest import CORA, STELLA, STEVE, Town
from tests.stories.parts import add_ana


def factor(cora: Browser, name: str) -> tuple[float, str]:
    """What the open row of a listing says of whether it is right: the number, and the sentence."""
    row = next(part for part in cora.page.html.split('<li class="rank">') if f"<strong>{name}</strong>" in part)
    cells = re.search(r'Listing is right</th>\s*<td class="number">([\d.]+)</td>.*?<td>([^<]+)</td>', row, re.DOTALL)
    assert cells
    return float(cells[1]), cells[2]


def test_a_report_from_the_portal_lowers_trust_until_a_steward_has_mended_it(town: Town, cora: Browser) -> None:
    add_ana(cora)
    match = cora.path
    before, _said = factor(cora, "Harbor pantry")

    rosa = town.browser()
    rosa.open("/")
    rosa.press("Food")
    rosa.press("Show help", {"zip": "21201"})
    rosa.follow("Harbor pantry")
    rosa.follow("Something wrong here?")
    assert rosa.press("The hours are wrong", {"note": "Closed at noon"}).heading == "Thank you"

    cora.open(match)
    during, said = factor(cora, "Harbor pantry")
    assert (during < before, "somebody reported wrong hours; being checked" in said) == (True, True)

    town.clock.move(days=5)
    stella = town.sign_in(STELLA)
    stella.open("/steward/call-next")
    call = stella.press("Start")
    assert call.heading == "Harbor pantry"
    assert "“Closed at noon”" in call.text
    stella.press("Save what changed", {"schedule.new.byday": "MO", "schedule.new.opens_at": "09:00",
                                       "schedule.new.closes_at": "12:00"})  # fmt: skip

    cora = town.sign_in(CORA)
    cora.open(match)
    after, said = factor(cora, "Harbor pantry")
    assert after > before
    assert "reported" not in said
    stella.open("/steward/reports")
    assert "Nothing is reported" in stella.page.text


def test_an_organization_answers_its_mail_and_the_listing_says_so(town: Town) -> None:
    town.run("worker", "--once")
    first = {file.name for file in (town.folder / "outbox").glob("*.eml")}
    town.run("worker", "--once")
    assert {file.name for file in (town.folder / "outbox").glob("*.eml")} == first
    texts = [
        message_from_bytes(file.read_bytes(), policy=policy.default).get_content()
        for file in (town.folder / "outbox").glob("*.eml")
    ]
    paths = {path for text in texts for path in re.findall(r"http://127\.0\.0\.1:8000(/still-right/\S+)", text)}
    assert len(paths) == 3

    scanner, harbor = town.browser(), town.browser()
    path = next(path for path in paths if "Harbor pantry" in scanner.open(path).text)
    assert "Last checked Never" in scanner.open(path).text
    harbor.open(path)
    assert harbor.press("All of this is right").heading == "Thank you"

    rosa = town.browser()
    rosa.open("/")
    rosa.press("Food")
    rosa.press("Show help", {"zip": "21201"})
    assert "said by the organization" in rosa.follow("Harbor pantry").text

    # The worker made the link by the real time, which is eight days ahead.
    town.clock.move(days=39)
    late = town.browser().open(path)
    assert (late.status, "This link has run out" in late.text) == (409, True)


def test_two_stewards_at_once_call_two_listings(town: Town, stella: Browser) -> None:
    steve = town.sign_in(STEVE)
    for steward in (stella, steve):
        steward.open("/steward/call-next")

    assert {stella.press("Start").heading, steve.press("Start").heading} == {"Harbor pantry", "Hillside pantry"}
