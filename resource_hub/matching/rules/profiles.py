"""Rows that have the same needs, areas, conditions, terms or hours share one profile."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from resource_hub.matching.values.columns import Columns, Exceptions, Hours, Ints, Profiles

# What makes two opening rules the same.
_LINE = ("weekday", "nth", "monthday", "unit", "interval", "anchor", "week_start", "first", "last", "opens", "closes")


def shared(columns: Columns) -> Columns:
    """Return the same rows with every profile written once; `of` has the smallest integers that hold the ids."""
    terms = np.stack(
        [
            *columns.languages.spoken.values(),
            columns.languages.stated,
            columns.languages.interpreted,
            *columns.documents.by_fact.values(),
            columns.documents.others,
        ],
        axis=1,
    )
    used, of = zip(
        _same_lines(columns.weights),
        _same(_areas(columns)),
        _same(_conditions(columns)),
        _same_lines(terms),
        _same(_hours(columns.hours)),
        strict=True,
    )
    ids = (columns.of.needs, columns.of.areas, columns.of.eligibility, columns.of.terms, columns.of.hours)
    return replace(
        columns,
        of=Profiles(*(_small(number[own], len(kept)) for number, own, kept in zip(of, ids, used, strict=True))),
        weights=columns.weights[used[0]],
        areas=columns.areas.take(used[1]),
        eligibility=columns.eligibility.take(used[2]),
        languages=columns.languages.take(used[3]),
        documents=columns.documents.take(used[3]),
        hours=columns.hours.take(used[4]),
    )


def _areas(columns: Columns) -> list[bytes]:
    return _joined(columns.areas.row, columns.areas.which, columns.area_profiles)


def _conditions(columns: Columns) -> list[bytes]:
    rules = columns.eligibility
    alternatives = _joined(rules.alternative, rules.which, len(rules.alternative_row))
    _used, same = _same(alternatives)
    rows = _joined(rules.alternative_row, same, len(rules.in_words))
    return [row + bytes([words]) for row, words in zip(rows, rules.in_words.tolist(), strict=True)]


def _hours(hours: Hours) -> list[bytes]:
    _used, line = _same_lines(np.stack([getattr(hours, name) for name in _LINE], axis=1))
    rules = _joined(hours.row, line, len(hours.stated))
    dated = _dated(hours.exceptions, len(hours.stated))
    flags = zip(hours.stated.tolist(), hours.uncertain.tolist(), strict=True)
    return [b"|".join((rule, day, bytes(flag))) for rule, day, flag in zip(rules, dated, flags, strict=True)]


def _dated(exceptions: Exceptions, profiles: int) -> list[bytes]:
    _used, line = _same_lines(np.stack([exceptions.day, exceptions.opens, exceptions.closes], axis=1))
    return _joined(exceptions.row, line, profiles)


def _joined(row: Ints, what: Ints, rows: int) -> list[bytes]:
    """Return for each row the numbers of its lines, as bytes."""
    data = what.astype(np.int64).tobytes()
    ends = (np.searchsorted(row, np.arange(rows + 1)) * 8).tolist()
    return [data[ends[number] : ends[number + 1]] for number in range(rows)]


def _same(signatures: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Return the first place of each distinct signature, and which of them each place has."""
    known: dict[bytes, int] = {}
    which = np.array([known.setdefault(signature, len(known)) for signature in signatures], dtype=np.int64)
    first = np.full(len(known), len(which))
    np.minimum.at(first, which, np.arange(len(which)))
    return first, which


def _same_lines(table: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> tuple[Ints, Ints]:
    rows = np.ascontiguousarray(table)
    width = rows.dtype.itemsize * rows.shape[1]
    data = rows.tobytes()
    return _same([data[place : place + width] for place in range(0, len(data), width)])


def _small(numbers: Ints, count: int) -> Ints:
    smaller: Ints = numbers.astype(np.min_scalar_type(max(count - 1, 0)))
    return smaller
