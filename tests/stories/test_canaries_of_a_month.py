"""A person's whole way, by account, by link, alone and over thirty days: what was said is left nowhere outside."""

import json
import logging
import re
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import SYSTEM, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.cli.shared import Shell
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import Market, Phone
from tests.factories import a_listing, stamps
from tests.handoff.stories import says_places
from tests.stories.browser import Browser
from tests.stories.canaries import found, left_behind
from tests.stories.conftest import PASSWORD, Town
from tests.stories.parts import add_ana, hand_off

SAID = {"name": "Canaria Quetzalli", "record_number": "ZX81-90210", "birth": "1931-07-29", "phone": "443-555-0187"}
SHORT = {"name": "Canelo Xochipilli", "record_number": "ZX82-90211", "birth": "1932-08-30", "phone": "443-555-0188"}
THIRD = {"name": "Canuto Ehecatl", "record_number": "ZX83-90212", "birth": "1933-09-29", "phone": "443-555-0189"}
NOTES = {
    name: f"canary-{name}-zq"
    for name in (
        "note", "message", "answer", "question", "comment", "contact", "place", "gap", "closing",
        "ended", "again", "said",
    )
}  # fmt: skip
SECRETS = (
    "Canaria", "Quetzalli", "ZX81", "1931-07-29", "4435550187", "555-0187",
    "Canuto", "Ehecatl", "ZX83", "1933-09-29", "4435550189", "555-0189",
    "Canelo", "Xochipilli", "ZX82", "1932-08-30", "4435550188", "555-0188", *NOTES.values(),
)  # fmt: skip
OWN_WORDS = {
    "resourceType": "Questionnaire", "status": "active", "name": "OwnWords", "version": "1",
    "title": "In your own words", "copyright": "Ours.",
    "item": [{"linkId": "called", "type": "string", "text": "What worries you?"}],
}  # fmt: skip
SOL, LEE = "sol@example.org", "lee@example.org"


@dataclass
class Month:
    """What was left behind, what opens something, and what the partner was told by right."""

    left: dict[str, str]
    links: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    partners_file: str = ""
    files: list[str] = field(default_factory=list)


@pytest.fixture
def month(town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Month:
    caplog.set_level(logging.DEBUG)
    month = Month({})
    corner = more_of_the_town(town)
    cora, paula, sol, lee = (town.sign_in(email) for email in ("cora@example.org", "paula@example.org", SOL, LEE))
    tablet, person, without_account = town.browser(), town.browser("es"), town.browser()
    at = by_account(cora, paula)
    paula.open("/partner/")
    month.partners_file = paula.press("Take as a file").html
    follows(cora, person, at, month)
    by_link(town, cora, without_account, month, corner)
    alone(town, cora, tablet, month)
    an_episode(town, sol, at["person"])
    month.files = everything_is_exported(town, sol, lee)
    town.run("worker", "--once")
    browsers = (cora, paula, sol, lee, tablet, person, without_account)
    month.left = left_behind(town, caplog, capfd, browsers)
    return month


def more_of_the_town(town: Town) -> str:
    """Add a pantry without account that takes texts, a social worker and a programme lead; return the pantry's id."""
    with Shell().write() as opened:
        work = Work(opened.session, SYSTEM, town.clock(), opened.vault, new_id)
        market = work.session.scalars(select(Market).where(Market.slug == "baltimore")).one()
        corner = a_listing(work, market, name="Corner pantry", at=(39.36, -76.70))
        says_places(work, corner, 3)
        corner.organization.email = None
        number = Phone(
            **stamps(work, market), organization_id=corner.organization.id, number="410-555-0100", type="text"
        )
        work.session.add(number)
        for email, role in ((SOL, Role.SOCIAL_WORKER), (LEE, Role.PROGRAMME_LEAD)):
            accounts.add_user(work, NewUser(email, "Somebody", role, PASSWORD, frozenset({market.id})))
        return corner.service_at_location.id


def person_of(cora: Browser) -> str:
    """Return the address of the person whose page is open."""
    return cora.path.partition("/match")[0]


def by_account(cora: Browser, paula: Browser) -> dict[str, str]:
    """Hand off to a partner with an account, who writes, tries, and says that it helped; return the addresses."""
    add_ana(cora, **SAID)
    person = person_of(cora)
    hand_off(cora, note=NOTES["note"])
    handoff = cora.path
    cora.press("Send", {"text": NOTES["message"]})
    paula.open("/partner/")
    paula.follow("Answer")
    assert NOTES["message"] in paula.page.text
    paula.press("We can help")
    paula.press("Send", {"text": NOTES["answer"]})
    paula.press("Reached them")
    assert NOTES["answer"] in cora.open(handoff).text
    return {"person": person, "handoff": handoff}


def follows(cora: Browser, person: Browser, at: dict[str, str], month: Month) -> None:
    """Print the person's copy; the person looks by its code, and takes the request back."""
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", cora.open(f"{at['handoff']}/copy").text)
    assert code
    month.codes += [code[0], code[0].replace("-", "")]
    person.open("/follow")
    person.press("Mostrar", {"code": "2B4C-6D8F-9GHJ"})
    person.open("/follow")
    person.press("Mostrar", {"code": code[0]})
    person.press("Anularlo")


def by_link(town: Town, cora: Browser, nobody: Browser, month: Month, corner: str) -> None:
    """Hand off to an organization that gets a text with a link, and does everything that its page offers."""
    add_ana(cora, **SHORT)
    hand_off(cora, corner, note=NOTES["note"])
    town.run("worker", "--once")
    text = next(file.read_text() for file in (town.folder / "outbox").iterdir() if file.suffix != ".eml")
    link = re.search(r"/answer/[\w-]+", text)
    assert link
    month.links.append(link[0].removeprefix("/answer/"))
    nobody.open(link[0])
    nobody.press("Send", {"text": NOTES["question"]})
    nobody.press("We can help")
    assert SHORT["name"] in nobody.page.text
    for result in ("No answer", "Reached them"):
        nobody.press(result)
    nobody.press("Yes, we have room", {"available": "2"})
    nobody.press("They got the help")


def alone(town: Town, cora: Browser, tablet: Browser, month: Month) -> None:
    """A person answers alone, by a code, in words of their own."""
    file = town.folder.with_name("own-words.json")
    file.write_text(json.dumps(OWN_WORDS))
    town.run("instrument", "import", str(file), "--accept-notice")
    add_ana(cora, **THIRD)
    person = person_of(cora)
    town.clock.move(minutes=5)
    cora.open(f"{person}/screening")
    code = re.search(r'<p class="code">(.*?)</p>', cora.press("Make a code", {"instrument": "OwnWords"}).html)
    assert code
    month.codes += [code[1], code[1].replace("-", "")]
    tablet.open("/screen")
    tablet.press("Start", {"code": code[1]})
    tablet.press("Next", {"item.called": NOTES["said"]})
    tablet.press("See my list")
    screening = re.search(rf"{person}/screenings/[\w-]+", cora.open(person).html)
    assert screening
    assert NOTES["said"] in cora.open(screening[0]).text
    taken = cora.press("Download", {"part": "response"})
    assert NOTES["said"] in taken.html
    assert THIRD["name"] not in taken.html


def an_episode(town: Town, sol: Browser, person: str) -> None:
    """Thirty days in short, with a note wherever there is room for one."""
    sol.open(person)
    sol.follow("Open an episode")
    day = f"{town.clock():%Y-%m-%d}"
    sol.press("Open the episode", {"planned_on": day, "destination": "facility", "place": NOTES["place"]})
    episode = sol.path
    assert NOTES["place"] in sol.page.text
    for act, fields in (
        ("contact", {"kind": "plan", "mode": "visit", "result": "done", "note": NOTES["contact"]}),
        ("gap", {"code": "other", "what": NOTES["gap"], "closes": NOTES["closing"]}),
    ):
        sol.open(f"{episode}/{act}")
        shown = sol.press({"gap": "Open the gap"}.get(act, "Save"), fields)
        assert (shown.status, shown.to_mend) == (200, ""), act
    for act, button, fields in (
        ("close", "Close the episode", {"reason": "moved-away", "note": NOTES["ended"]}),
        ("reopen", "Open the episode again", {"reason": "by-mistake", "note": NOTES["again"]}),
    ):
        sol.open(f"{episode}/{act}")
        shown = sol.press(button, fields)
        assert (shown.status, shown.to_mend, fields["note"] in shown.text) == (200, "", True), act


def everything_is_exported(town: Town, sol: Browser, lee: Browser) -> list[str]:
    """Take every file that there is; return those that a page gives."""
    for layout, name in (("datapackage", "tables"), ("json", "all.json"), ("ndjson", "all.ndjson")):
        town.run("export", str(town.folder / name), "--market", "baltimore", "--format", layout)
    with Shell().read() as work:
        market_id = work.session.scalars(select(Market.id).where(Market.slug == "baltimore")).one()
    of_the_lead = (
        "/steward/fidelity/report.csv",
        f"/steward/funnel/{market_id}/funnel.csv",
        f"/steward/screening/{market_id}/figures.csv",
    )
    files = [sol.open("/desk/fidelity/report.csv"), *map(lee.open, of_the_lead)]
    assert [one.status for one in files] == [200] * 4
    return [one.html for one in files]


def test_nothing_that_was_said_is_left_behind_and_nothing_that_is_stored_opens_a_handoff(month: Month) -> None:
    left = month.left
    # What is searched through is there, and the search finds in it what is public.
    assert {"log", "printed", "addresses", "hub.db", "all.json", "all.ndjson", "tables/services.csv"} <= left.keys()
    assert {name.rpartition(".")[2] for name in left if name.startswith("outbox/")} == {"eml", "sms"}
    for where in ("all.json", "all.ndjson", "tables/services.csv", "hub.db"):
        assert found({where: left[where] + left.get(f"{where}-wal", "")}, ["Corner pantry"]), where
    assert re.search("/desk/people/[0-9a-f-]{36}", left["addresses"])

    assert found(left, SECRETS) == set()
    assert found({f"file {number}": text for number, text in enumerate(month.files)}, SECRETS) == set()
    # The organization was told the name, with the person's consent; its file has no more than that.
    assert {secret for _where, secret in found({"file": month.partners_file}, SECRETS)} == {"Canaria", "Quetzalli"}
    # A link stands in its own address and in the text that brings it, a code nowhere.
    stored = {name: text for name, text in left.items() if name != "addresses" and not name.endswith(".sms")}
    assert found(stored, month.links + month.codes) == set()
    assert found(left, month.codes) == set()
