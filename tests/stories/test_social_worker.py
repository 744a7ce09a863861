"""A social worker and one person, from the bedside to thirty days at home, over a change of clocks and a stay."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import SYSTEM, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.cli.shared import Shell
from resource_hub.core.ids import new_id
from resource_hub.screening import instruments
from tests.factories import a_listing, a_market
from tests.handoff.stories import says_places
from tests.stories.browser import Browser
from tests.stories.conftest import PASSWORD, PAULA, PETE, Clock, Town, commands_go_by
from tests.stories.parts import ANA, hand_off, hungry
from tests.web.conftest import Page

SOL, LEE = "sol@example.org", "lee@example.org"


def at(month: int, day: int, hour: int) -> datetime:
    """Return an hour UTC of a day in 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def autumn(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Thursday 29 October 2026, 10:00 in Baltimore: a social worker, a programme lead, and two pantries with staff."""
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.delenv("RESOURCE_HUB_DATABASE_URL", raising=False)
    clock, shell = Clock(at(10, 29, 14)), Shell()
    commands_go_by(clock, monkeypatch)
    shutil.copy(migrated_file, tmp_path)
    with shell.database.write() as session:
        work = Work(session, SYSTEM, clock(), shell.vault, new_id)
        market = a_market(work, "baltimore")
        for email, role in ((SOL, Role.SOCIAL_WORKER), (LEE, Role.PROGRAMME_LEAD)):
            name = email.partition("@")[0].title()
            accounts.add_user(work, NewUser(email, name, role, PASSWORD, frozenset({market.id})))
        for email, place in ((PAULA, (39.29, -76.61)), (PETE, (39.32, -76.64))):
            pantry = a_listing(work, market, name=f"{email.partition('@')[0].title()}’s pantry", at=place)
            says_places(work, pantry, 3)
            staff = NewUser(email, "Staff", Role.PARTNER, PASSWORD, frozenset({market.id}), pantry.organization.id)
            accounts.add_user(work, staff)
    yield Town(tmp_path, create_app(shell.settings, database=shell.database, clock=clock), clock)
    shell.database.engine.dispose()


def not_hungry() -> dict[str, str]:
    """Return the answers of somebody who has enough to eat now."""
    instrument = instruments.load("short-screener")
    item = next(item for item in instrument.items if "food-insecurity" in instrument.domains_of(item.code))
    return {f"item.{item.code}": next(one.code for one in item.answers if not (one.positive or one.refusal))}


def write(sol: Browser, episode: str, act: str, **fields: str) -> Page:
    """Fill in one form of the episode and send it."""
    sol.open(f"{episode}/{act}")
    buttons = {"gap": "Open the gap", "close": "Close the episode", "reopen": "Open the episode again"}
    button = buttons.get(act, "Save")
    return sol.press(button, fields)


def log(sol: Browser, episode: str, kind: str, result: str = "reached", mode: str = "phone") -> Page:
    return write(sol, episode, "contact", kind=kind, result=result, mode=mode)


def on(town: Town, month: int, day: int, hour: int) -> Browser:
    """Move the clock, and sign in anew: nobody stays signed in for days."""
    town.clock.now = at(month, day, hour)
    return town.sign_in(SOL)


def test_thirty_days_with_a_change_of_clocks_a_holiday_and_a_facility(autumn: Town) -> None:
    person, episode = opens(autumn.sign_in(SOL))
    prepares(autumn.sign_in(SOL), episode)
    is_turned_down_and_asks_the_other(autumn, episode)
    comes_home(autumn, episode)
    gets_the_help(autumn, person, episode)
    goes_away_and_comes_back(autumn, episode)
    sees_the_physician(autumn, episode)
    is_closed_by_mistake(autumn, episode)
    ends(autumn, person, episode)
    is_reported(autumn)
    autumn.run("audit", "verify")


def opens(sol: Browser) -> tuple[str, str]:
    """Add and screen a person, and open the episode; return both addresses."""
    sol.open("/desk/people/add")
    sol.press("Add", dict(ANA))
    person = sol.path
    sol.follow("Screen")
    sol.press("Key in from paper")
    sol.press("Save answers", hungry())
    sol.open(person)
    sol.follow("Open an episode")
    opened = sol.press("Open the episode", {"planned_on": "2026-10-30", "destination": "home"})
    assert "Food Open" in opened.text
    assert "Record review To do by Oct 30, 2026, 5:00" in opened.text
    return person, sol.path


def prepares(sol: Browser, episode: str) -> None:
    """Before the discharge the board says what is missing until it is done."""
    board = sol.open("/desk/discharges").text
    assert f"Tomorrow {ANA['name']}" in board
    assert "Bedside visit" in board
    log(sol, episode, "record-review", "done", "records")
    log(sol, episode, "bedside-visit", "done", "visit")
    assert "Missing Physician visit Help with: Food" not in sol.open("/desk/discharges").text
    log(sol, episode, "plan", "done", "visit")
    assert "Missing Physician visit Help with: Food" in sol.open("/desk/discharges").text
    sol.follow("Help with: Food")
    assert "For the gap: Food." in sol.page.text
    assert "Help is on its way" in hand_off(sol).text
    board = sol.open("/desk/discharges").text
    assert "Food: " in board
    assert "pantry , asked" in board
    assert "Help with: Food" not in board


def comes_home(town: Town, episode: str) -> None:
    """On Friday; on Sunday the clocks go back: the call is due on Tuesday at 17:00, which is then 22:00 UTC."""
    sol = on(town, 10, 30, 18)
    home = write(sol, episode, "discharge", planned_on="2026-10-30", discharged_on="2026-10-30", destination="home")
    assert 'datetime="2026-11-03T22:00:00+00:00"' in home.html
    assert "1 try in vain" in log(on(town, 11, 2, 15), episode, "two-day-call", "no-answer").text
    sol = on(town, 11, 3, 21)
    log(sol, episode, "two-day-call")
    assessed = write(sol, episode, "assessment", medicines="concern", food="concern", mood="no-concern")
    assert "Medicines: has them, knows how to take them Open" in assessed.text
    write(sol, episode, "doctor", state="asked")
    assert "overdue raised: 0" in town.run("worker", "--once")


def is_turned_down_and_asks_the_other(town: Town, episode: str) -> None:
    """The gap stays open and says why, until somebody else is asked."""
    sol, first = on(town, 10, 30, 14), staff_with_a_request(town)
    first.press("We can’t help", {"reason": "at_capacity"})
    assert "For 1 gap the handoff ended without help: find other help." in sol.open("/desk/").text
    assert "Turned down: No room now" in sol.open(episode).text
    sol.follow("Find help: Food")
    hand_off(sol)
    shown = sol.open(episode).text
    assert "ended without help" not in shown.lower()
    assert "Help is on its way" in shown
    staff_with_a_request(town).press("We can help")


def staff_with_a_request(town: Town) -> Browser:
    """Return the staff of the pantry that has something to do, looking at the request."""
    for email in (PAULA, PETE):
        staff = town.sign_in(email)
        found = re.search(r'href="(/partner/handoffs/[^"]+)"', staff.open("/partner/").html)
        if found:
            staff.open(found[1])
            return staff
    pytest.fail("nobody was asked")


def is_closed_by_mistake(town: Town, episode: str) -> None:
    """It goes on the next day with its gaps and days, and says how it had been closed."""
    write(on(town, 11, 19, 16), episode, "close", reason="could-not-reach", note="The wrong person")
    sol = on(town, 11, 20, 15)
    assert episode not in sol.open("/desk/episodes").html
    again = write(sol, episode, "reopen", reason="by-mistake")
    assert "Could not reach them: The wrong person" in again.text
    assert "30-day call To do by Dec 10, 2026" in again.text
    # Once more, from a page that was open in another window.
    assert "is open already" in write(sol, episode, "reopen", reason="by-mistake").text


def gets_the_help(town: Town, person: str, episode: str) -> None:
    """The pantry says that the need is met. That closes nothing by itself: two gaps, one of the assessment, ask to."""
    sol = on(town, 11, 3, 21)
    staff = staff_with_a_request(town)
    staff.press("Done")
    staff.press("Save what came of it", {"received": "yes", "need_met": "yes"})
    assert "2 gaps can be closed: they got the help." in sol.open("/desk/").text
    assert "Food Need is met" in sol.open(person).text
    sol.open(episode)
    closed = sol.press("They got the help: close the gap: Food")
    assert "Food They got the help" in closed.text


def goes_away_and_comes_back(town: Town, episode: str) -> None:
    """A facility: nothing is due but to ask. After it two business days count, without Veterans Day."""
    away = write(on(town, 11, 6, 15), episode, "stay", kind="facility", began_on="2026-11-05", place="Harbor Rehab")
    assert "Ask where they are by Nov 12, 2026" in away.text
    back = write(on(town, 11, 10, 15), episode, "return", ended_on="2026-11-10")
    assert 'datetime="2026-11-13T22:00:00+00:00"' in back.html
    assert "Call within 2 business days To do" in back.text
    sol = on(town, 11, 16, 15)
    assert ["overdue raised: 1" in town.run("worker", "--once") for _ in range(2)] == [True, False]
    notices = [file.read_text() for file in (town.folder / "outbox").glob("*.eml") if SOL in file.read_text()]
    assert notices
    assert not [word for notice in notices for word in ("Ana", "Food", "facility") if word in notice]
    today = sol.open("/desk/").text
    assert today.index("Overdue") < today.index(ANA["name"]) < today.index("Log the first call")
    log(sol, episode, "two-day-call")
    write(sol, episode, "assessment", medicines="no-concern", food="no-concern")


def sees_the_physician(town: Town, episode: str) -> None:
    """The visit is made and kept."""
    made = write(on(town, 11, 16, 16), episode, "doctor", state="made", at="2026-11-18T09:30")
    assert "Date made: Nov 18, 2026, 9:30" in made.text
    kept = write(on(town, 11, 19, 15), episode, "doctor", state="kept", at="2026-11-18T09:30")
    assert "Visit kept" in kept.text


def ends(town: Town, person: str, episode: str) -> None:
    """Screen again, make the last call, close the gaps one by one; until then the episode stays open."""
    sol = on(town, 12, 9, 15)
    sol.open(f"{person}/screening")
    sol.press("Key in from paper")
    sol.press("Save answers", not_hungry())
    assert "Food: risk found → no risk found" in sol.open(episode).text
    log(sol, episode, "thirty-day-call")
    assert "A gap is still open" in write(sol, episode, "close", reason="completed").text
    while links := re.findall(rf'href="({episode}/gaps/[^"]+)"', sol.open(episode).html):
        sol.open(links[0])
        sol.press("Close the gap", {"how": "helped"})
    assert "Close the episode To do by Dec 11, 2026" in sol.open(episode).text
    assert "This episode is over." in write(sol, episode, "close", reason="completed").text
    assert "Nothing is due" in sol.open("/desk/").text


def is_reported(town: Town) -> None:
    """The report says what happened, and to the programme lead no small count."""
    sol = town.sign_in(SOL)
    report = sol.open("/desk/fidelity").text
    for text in (
        "Record review 1 0 0 0 1",
        "Bedside visit 1 0 0 0 1",
        # On time after the hospital, late after the facility.
        "Call within 2 business days 1 1 0 0 2",
        "Assessment 1 1 0 0 2",
        "30-day call 1 0 0 0 1",
        "Screen again 1 0 0 0 1",
        "With a stay that moved the clock 1",
        "Episodes 1 Closed 1",
        "Contacts 7",
        "supports the published phases",
    ):
        assert text in report, text
    rows = csv.DictReader(io.StringIO(sol.open("/desk/fidelity/report.csv").html))
    assert {row["name"]: row["late"] for row in rows if row["kind"] == "step"}["two-day-call"] == "1"
    led = town.sign_in(LEE).open("/steward/fidelity").text
    assert "Call within 2 business days under 11 under 11 0 0 under 11" in led
