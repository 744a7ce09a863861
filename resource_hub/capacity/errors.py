"""Refusals of capacity."""

from resource_hub.core.errors import Invalid


class BadStatement(Invalid):
    """What was said about room contradicts itself."""

    code = "bad_statement"
