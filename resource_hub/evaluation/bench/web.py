"""What a page of results costs beside an empty page of the same application, in processor time."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from io import BytesIO
from time import process_time
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from sqlalchemy import select

from resource_hub.accounts.queries import find_user
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.core.errors import NotFound
from resource_hub.evaluation.bench.demo import demo
from resource_hub.evaluation.bench.larger import enlarge
from resource_hub.evaluation.bench.timing import Figures, in_turn
from resource_hub.exchange.demo.users import market_id
from resource_hub.people.models import PersonRecord
from resource_hub.screening.models import NeedRecord
from resource_hub.settings import Settings
from resource_hub.web.shared.guards import PUBLIC, SESSION_EPOCH, SESSION_USER, guarded

PAGES = 200
_MARKET, _ZIP, _NEED, _COORDINATOR = "milwaukee", "53206", "food-insecurity", "coordinator@demo.example"
_EMPTY = {"portal": "shared/base.html", "desk": "desk/base.html"}


def run(services: int | None = None, pages: int = PAGES) -> dict[str, Any]:
    """Ask for the pages in turn, through WSGI, in this process; compare each with the empty page of its kind.

    The market is the demo's; with `services` it is made as large as that.
    """
    with demo() as (settings, database):
        with database.write() as session:
            there = enlarge(session, market_id(_MARKET), services or 0)
        site = Site(settings, database)
        match = f"/desk/people/{_person(database)}/match"
        with database.read() as session:
            coordinator = find_user(session, _COORDINATOR)
        cookie = site.sign_in(coordinator.id if coordinator else "")
        asked: dict[str, Callable[[int], int]] = {
            "portal_empty": lambda _: site.page("/empty/portal"),
            "portal_results": lambda _: site.page("/find", {"need": _NEED, "zip": _ZIP}),
            "desk_empty": lambda _: site.page("/empty/desk", cookie=cookie),
            "desk_results": lambda _: site.page(match, cookie=cookie),
        }
        timed = in_turn(asked, pages, process_time)
    figures = {name: Figures.of(seconds) for name, seconds in timed.seconds.items()}
    return {
        "services": there,
        "pages": pages,
        "bytes": {name: sizes[-1] for name, sizes in timed.answers.items()},
        "engines": {name: asdict(one) for name, one in figures.items()},
        "ratios": {f"{kind}_results/{kind}_empty": _ratio(figures, kind) for kind in _EMPTY},
        "missing": {},
    }


def _ratio(figures: Mapping[str, Figures], kind: str) -> float:
    return round(figures[f"{kind}_results"].p50_us / figures[f"{kind}_empty"].p50_us, 2)


class Site:
    """The application with a page beside it that shows nothing but the frame around every page."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._app, self._database = create_app(settings, database=database), database
        for kind, template in _EMPTY.items():
            self._app.add_url_rule(f"/empty/{kind}", f"empty_{kind}", guarded(PUBLIC)(self._empty(template)))

    def page(self, path: str, form: Mapping[str, str] | None = None, cookie: str = "") -> int:
        """Ask for a page and return its length in bytes; refuses one that is not there."""
        body = urlencode(form or {}).encode()
        environment: dict[str, Any] = {
            "PATH_INFO": path,
            "REQUEST_METHOD": "POST" if form else "GET",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": cookie,
            "wsgi.input": BytesIO(body),
        }
        setup_testing_defaults(environment)
        answers: list[Any] = []

        def begin(status: str, _headers: object, _error: object = None, /) -> Callable[[bytes], object]:
            answers.append(status)
            return answers.append

        content = self._app.wsgi_app(environment, begin)
        length = sum(map(len, content))
        if not answers[0].startswith("200"):
            raise NotFound(f"{path}: answered {answers[0]}.")
        return length

    def sign_in(self, user_id: str) -> str:
        """Return the cookie of somebody who has just signed in."""
        browser = self._app.test_client()
        with browser.session_transaction() as kept:
            kept[SESSION_USER], kept[SESSION_EPOCH] = user_id, 0
        cookie = browser.get_cookie("session")
        return f"session={cookie.value}" if cookie else ""

    def _empty(self, template: str) -> Callable[[], str]:
        def view() -> str:
            values: dict[str, Any] = {}
            self._app.update_template_context(values)
            return self._app.jinja_env.get_template(template).render(values)

        return view


def _person(database: Database) -> str:
    """Return somebody of the demo who wants help with the need."""
    wanting = (
        select(PersonRecord.id)
        .join(NeedRecord, NeedRecord.person_id == PersonRecord.id)
        .where(NeedRecord.code == _NEED, NeedRecord.wants_help == "yes")
    )
    with database.read() as session:
        return session.scalars(wanting).first() or ""
