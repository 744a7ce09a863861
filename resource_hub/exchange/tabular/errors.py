"""Refusals of tables as a whole; nothing of such a file is stored."""

from resource_hub.core.errors import Fault, Invalid


class BadFile(Invalid):
    """A file cannot be read at all: what, where, and how to mend it."""

    code = "bad_file"


def bad_file(where: str, code: str, text: str) -> BadFile:
    """Return the refusal of a file; `where` is its name, with the row where there is one."""
    return BadFile(f"{where}: {text}", code=code, faults=(Fault(where, code, text),))
