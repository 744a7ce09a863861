"""Refusals of matching."""

from resource_hub.core.errors import Invalid


class BadPolicy(Invalid):
    """A file of weights is wrong; each fault names the key and how to mend it."""

    code = "bad_policy"


class BadQuestion(Invalid):
    """What was asked cannot be read; each fault names the field and how to mend it."""

    code = "bad_question"


class BadPrice(Invalid):
    """A price of a scarce place cannot be."""

    code = "bad_price"
