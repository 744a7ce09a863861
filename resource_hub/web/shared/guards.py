"""Every route declares its policy; a guarded view runs in one transaction that is committed when it has answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from flask import Flask, Response, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from resource_hub.accounts import queries
from resource_hub.accounts.values import Actor, Role
from resource_hub.core.errors import Invalid, NotAllowed, NotFound
from resource_hub.web.shared import idempotency
from resource_hub.web.shared.hub import Hub, current_hub

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

SESSION_USER, SESSION_EPOCH = "user", "epoch"
_FIRST_ERROR = 400
_ANONYMOUS = Actor(user_id=None, role=None)


@dataclass(frozen=True)
class Policy:
    """Who may use a route: `name` is what the list of routes says; no roles means everybody, signed in or not."""

    name: str
    roles: frozenset[Role] = frozenset()


PUBLIC = Policy("public")
ALONE = Policy("one-time code")
STAFF = Policy("signed in", frozenset(Role))
REFERRER = Policy("referrer", frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER}))
PARTNER = Policy("partner", frozenset({Role.PARTNER}))
STEWARD = Policy("steward", frozenset({Role.STEWARD, Role.ADMIN}))
DIRECTORY = Policy("directory", STEWARD.roles | {Role.PROGRAMME_LEAD})


_POLICIES: WeakKeyDictionary[Callable[..., Any], Policy] = WeakKeyDictionary()


class NoPolicy(RuntimeError):
    """A route does not declare who may use it; the application does not start."""


def guarded(policy: Policy, *, writes: bool | None = None, repeats: bool = True) -> Callable[[View], View]:
    """Declare the policy of a view and run it as one piece of work.

    `writes` defaults to what the method says: a search by POST declares `writes=False`. With `repeats`, a writing
    request with an Idempotency-Key that was done before is answered as it was then, and done only once.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            _refuse_what_is_no_text()
            hub = current_hub()
            is_writing = request.method not in {"GET", "HEAD"} if writes is None else writes
            if not is_writing or not repeats:
                opened = hub.database.write if is_writing else hub.database.read
                with opened() as db_session:
                    return _enter(hub, db_session, policy) or _answer(view, *args, **kwargs)
            with idempotency.one_at_a_time(hub.database, session.get(SESSION_USER)), hub.database.write() as db_session:
                return _enter(hub, db_session, policy) or idempotency.once(
                    g.work, lambda: _answer(view, *args, **kwargs)
                )

        declare(run, policy)
        return cast("View", run)

    return decorate


def declare(view: Callable[..., Any], policy: Policy) -> None:
    """Say who may use a view."""
    _POLICIES[view] = policy


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return who may use a view; None where it was not said."""
    return _POLICIES.get(view)


def check_policies(app: Flask) -> None:
    """Refuse to start with a route that declares no policy."""
    for rule in app.url_map.iter_rules():
        if policy_of(app.view_functions[rule.endpoint]) is None:
            raise NoPolicy(f"The route {rule.rule} declares no policy. Put @guarded(…) on {rule.endpoint}.")


def _enter(hub: Hub, db_session: Session, policy: Policy) -> ResponseReturnValue | None:
    actor = _signed_in(db_session)
    g.actor = actor
    g.work = hub.work(db_session, actor or _ANONYMOUS)
    if not policy.roles:
        return None
    if actor is None:
        if request.method == "GET" and not request.path.startswith("/api/"):
            session["next"] = request.path
            return redirect(url_for("sign_in.form"), 303)
        raise NotAllowed("Sign in first.", code="sign_in_first")
    if actor.role not in policy.roles:
        raise NotAllowed("Your account has no access to this page.")
    return None


def _refuse_what_is_no_text() -> None:
    # PostgreSQL knows no NUL, so a text that holds one would fail late, where nobody can say which field it is.
    if any("\0" in value for value in (request.view_args or {}).values() if isinstance(value, str)):
        raise NotFound(_("There is no such page."))
    for name, value in request.form.items(multi=True):
        if "\0" in name or "\0" in value:
            raise Invalid(_("What you sent holds signs that are no text. Type it again."), code="not_text")


def _signed_in(db_session: Session) -> Actor | None:
    user_id, epoch = session.get(SESSION_USER), session.get(SESSION_EPOCH)
    if not isinstance(user_id, str) or not isinstance(epoch, int):
        return None
    return queries.find_actor(db_session, user_id, epoch)


def _answer(view: Callable[..., ResponseReturnValue], *args: Any, **kwargs: Any) -> Response:
    response = make_response(view(*args, **kwargs))
    if response.status_code >= _FIRST_ERROR:
        g.work.session.rollback()
    return response
