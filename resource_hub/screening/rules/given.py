"""The value of one answer: whether it is what its item asks for, and how it compares."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from resource_hub.screening.values import Item, Kind

LONGEST_ANSWER = 4000
_LARGEST = Decimal(10) ** 15
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def is_value(item: Item, answer: str) -> bool:
    """Tell whether an answer is one that an item can have."""
    if len(answer) > min(item.longest or LONGEST_ANSWER, LONGEST_ANSWER) or "\0" in answer or not answer.strip():
        return False
    if item.option(answer) is not None:
        return True
    if item.kind is Kind.CHOICE:
        return False
    return _CHECKS.get(item.kind, _is_text)(answer)


def comparable(item: Item, answer: str) -> object:
    """Return an answer as it compares with another of the same item: numbers as numbers, the rest as text."""
    if item.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY}:
        return _number(answer)
    if item.kind is Kind.DATE_TIME:
        return _instant(answer) or answer
    return answer


def expected(item: Item) -> str:
    """Return what to write as an answer to an item that has no list."""
    return _EXPECTED.get(item.kind, f"a text of 1 to {item.longest or LONGEST_ANSWER} characters")


def _number(answer: str) -> Decimal | None:
    try:
        number = Decimal(answer)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= _LARGEST else None


def _instant(answer: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(answer)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _is_number(answer: str) -> bool:
    return _number(answer) is not None


def _is_whole(answer: str) -> bool:
    number = _number(answer)
    return number is not None and number == number.to_integral_value()


def _is_date(answer: str) -> bool:
    if not _PARTIAL_DATE.fullmatch(answer):
        return False
    try:
        date.fromisoformat((answer + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_instant(answer: str) -> bool:
    return _is_date(answer) or _instant(answer) is not None


def _is_time(answer: str) -> bool:
    try:
        return time.fromisoformat(answer).tzinfo is None and ":" in answer
    except ValueError:
        return False


def _is_yes_no(answer: str) -> bool:
    return answer in {"true", "false"}


def _is_text(_answer: str) -> bool:
    return True


_CHECKS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.BOOLEAN: _is_yes_no,
    Kind.INTEGER: _is_whole,
    Kind.DECIMAL: _is_number,
    Kind.QUANTITY: _is_number,
    Kind.DATE: _is_date,
    Kind.DATE_TIME: _is_instant,
    Kind.TIME: _is_time,
}
_EXPECTED: Mapping[Kind, str] = {
    Kind.BOOLEAN: "true or false",
    Kind.INTEGER: "a whole number",
    Kind.DECIMAL: "a number",
    Kind.QUANTITY: "a number",
    Kind.DATE: "a date such as 2026-11-26",
    Kind.DATE_TIME: "a date, or an instant with its zone such as 2026-11-26T09:30:00-05:00",
    Kind.TIME: "a time such as 09:30:00",
}
