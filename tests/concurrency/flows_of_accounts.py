"""What is written of users, of their requests and of the messages to them. An act is named as in `flows`."""

from resource_hub.accounts import service as accounts
from resource_hub.accounts.models import User
from resource_hub.accounts.values import SYSTEM, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.exchange.notices import undelivered
from tests.concurrency.scenes_of_stewards import Act, Directory
from tests.conftest import as_actor


def _mistype_password(work: Work, there: Directory) -> None:
    user = work.session.get_one(User, there.account)
    accounts.sign_in(as_actor(work, SYSTEM), user.email, "not the word")


ACCOUNTS: dict[str, Act] = {
    "accounts.service.add_user": lambda work, there: accounts.add_user(
        work, NewUser("new@example.org", "New", Role.STEWARD, "a long enough word", frozenset({there.market_id}))
    ),
    "accounts.service.sign_in": _mistype_password,
    "accounts.service.set_call_contact": lambda work, _there: accounts.set_call_contact(work, "410-555-0100", "9-5"),
    "accounts.service.sign_out_everywhere": lambda work, _there: accounts.sign_out_everywhere(
        work, str(work.actor.user_id)
    ),
    "accounts.service.forget_requests": lambda work, _there: accounts.forget_requests(as_actor(work, SYSTEM), 10),
    "exchange.notices.undelivered.retry": lambda work, there: undelivered.retry(work, there.notice),
    "exchange.notices.undelivered.give_up": lambda work, there: undelivered.give_up(work, there.notice),
}
