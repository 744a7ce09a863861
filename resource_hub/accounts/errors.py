"""Refusals of accounts."""

from resource_hub.core.errors import Invalid, NotAllowed, Refused


class BadUser(Invalid):
    """What was said about a new user cannot be."""

    code = "bad_user"


class EmailTaken(Refused):
    """Somebody already signs in with this address."""

    code = "email_taken"


class SignInFailed(NotAllowed):
    """Address and password do not belong together, or too many tries; never says which."""

    code = "sign_in_failed"
