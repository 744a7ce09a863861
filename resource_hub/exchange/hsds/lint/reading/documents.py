"""JSON files: one document, or an object on each line; refused by name where they are not."""

import json
from collections.abc import Iterator

from resource_hub.exchange.hsds.lint.reading.sources import LINES, Source
from resource_hub.exchange.tabular.errors import BadFile, bad_file

LARGEST_DOCUMENT = 200_000_000
LONGEST_OBJECT = 10_000_000


def read_document(source: Source) -> object:
    """Read a whole JSON file; refuses one that is too large, too deep, or not JSON in UTF-8."""
    if source.size > LARGEST_DOCUMENT:
        text = f"Larger than {LARGEST_DOCUMENT // 1_000_000} MB. Split it, or write an object on each line (.ndjson)."
        raise bad_file(source.name, "too_large", text)
    with source.open() as file:
        return parse(source.name, file.read())


def is_lines(source: Source) -> bool:
    """Tell whether a file holds an object on each line: by its name, or by two lines that are each an object."""
    if source.suffix in LINES:
        return True
    with source.open() as file:
        first, second = (file.readline(LONGEST_OBJECT).strip() for _ in range(2))
    return all(line.startswith(b"{") and line.endswith(b"}") for line in (first, second))


def read_lines(source: Source) -> Iterator[tuple[int, object]]:
    """Read the objects of a file line by line, each with its line; refuses with the line."""
    with source.open() as file:
        number = 0
        while line := file.readline(LONGEST_OBJECT):
            number += 1
            if len(line) == LONGEST_OBJECT:
                raise bad_file(f"{source.name}, line {number}", "too_long", "The line is too long. Split it.")
            if line.strip():
                yield number, parse(f"{source.name}, line {number}", line)


def parse(where: str, data: bytes) -> object:
    """Read JSON; refuses what is not JSON in UTF-8, or too deep."""
    try:
        found: object = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise bad_file(where, "wrong_encoding", "This is not UTF-8. Write it as UTF-8.") from error
    except RecursionError as error:
        raise _too_deep(where) from error
    except json.JSONDecodeError as error:
        place = f"{where}, line {error.lineno}" if "line" not in where else where
        raise bad_file(place, "not_json", f"This is not JSON: {error.msg}. Mend it.") from error
    except ValueError as error:
        raise bad_file(where, "not_json", "There is a number in it that JSON does not have. Mend it.") from error
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _too_deep(where: str) -> BadFile:
    return bad_file(where, "too_deep", "Its objects stand in each other without end. Mend what wrote it.")
