"""Poverty guidelines as frozen values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Guideline:
    """Dollars a year: of a household of one, and for each further person."""

    first: float
    each: float


@dataclass(frozen=True)
class Guidelines:
    """The guidelines that hold from a day on, until newer ones do."""

    since: date
    contiguous: Guideline
    alaska: Guideline
    hawaii: Guideline
