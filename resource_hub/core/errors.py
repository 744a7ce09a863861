"""The five kinds of refusal. Each error carries a stable code and a sentence that says how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the input: where, what (a stable code), and how to mend it."""

    field: str
    code: str
    text: str


class HubError(Exception):
    """A refusal that people and programs can read; never holds people's data."""

    code = "error"

    def __init__(self, text: str, *, code: str | None = None, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.code = code or self.code
        self.faults = faults


class Invalid(HubError):
    """The input is wrong: it says what, where and how to mend it."""

    code = "invalid"


class NotFound(HubError):
    """There is no such thing, or it is outside the scope of whoever asks."""

    code = "not_found"


class NotAllowed(HubError):
    """This kind of user may not do this."""

    code = "not_allowed"


class Refused(HubError):
    """A rule of the domain says no."""

    code = "refused"


class Conflict(HubError):
    """Somebody else changed it first, or the same key was used for something else."""

    code = "conflict"
