"""The objects in a JSON file, one by one: a single one, a list, a page with `contents`, or one on each line."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.packages import Entry
from resource_hub.exchange.tabular.tables import refuse_other_encodings

DEEPEST = 50
LARGEST_OBJECT = 20_000_000
LONGEST_NUMBER = 40
_CHUNK = 1 << 16
_HEAD_LIST = re.compile(r"\s*\[")
_SCALAR = r'"(?:[^"\\]|\\.)*+"|[-+.\w]++'
_HEAD_PAGE = re.compile(rf'\s*\{{(?:\s*"[^"\\]*"\s*:\s*(?:{_SCALAR})\s*,)*+\s*"contents"\s*:\s*\[')
_MARK = re.compile(r'["{}\[\]]')
_IN_STRING = re.compile(r'["\\]')
_BETWEEN = re.compile(r"[\s,]*+")


class _Step(Enum):
    INSIDE = auto()
    WHOLE = auto()
    OVER = auto()


@dataclass
class _Scan:
    """Where the reading of a file stands: the text of the object that has begun, how deep, and in a string or not."""

    file: str
    inside: bool
    line: int = 1
    number: int = 0
    depth: int = 0
    size: int = 0
    string: bool = False
    escaped: bool = False
    over: bool = False
    pieces: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The object that is being read: its number in a list or page, else the line where it begins."""
        return f"{self.file}, object {self.number}" if self.inside else f"{self.file}, line {self.number}"


def read_objects(entry: Entry) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the objects of a file with their numbers, or their lines where each stands alone; refuses what is no JSON.

    Numbers come as they are written. No more than one object is in memory.
    """
    chunks = _chunks(entry)
    head = next(chunks, "")
    found = _HEAD_LIST.match(head) or _HEAD_PAGE.match(head)
    scan = _Scan(entry.name, inside=bool(found))
    for chunk in _all(head[found.end() :] if found else head, chunks):
        for text in _objects(scan, chunk):
            yield scan.number, _parsed(scan, text)
        if scan.over:
            return
    if scan.depth or found:
        raise bad_file(scan.where, "not_json", "The file is cut off: a bracket is not closed. Export it again.")


def _all(head: str, chunks: Iterator[str]) -> Iterator[str]:
    yield head
    yield from chunks


def _chunks(entry: Entry) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8-sig")().decode
    with entry.open() as stream:
        refuse_other_encodings(entry.name, stream.peek(2))
        while data := stream.read(_CHUNK):
            if b"\0" in data:
                raise bad_file(entry.name, "not_text", "There is a NUL byte, so this is not JSON. Export it again.")
            try:
                text = decode(data)
            except UnicodeDecodeError as error:
                text = "This is not UTF-8. Export it again as JSON in UTF-8."
                raise bad_file(entry.name, "wrong_encoding", text) from error
            yield text


def _objects(scan: _Scan, chunk: str) -> Iterator[str]:
    # Only brackets and quotation marks are looked at; what lies between them is parsed when the object is whole.
    at = begin = 0
    while (mark := _next_mark(scan, chunk, at)) is not None:
        if not scan.depth:
            _between(scan, chunk[begin:mark])
            begin = mark
        at = mark + 1
        step = _step(scan, chunk[mark])
        if step is _Step.OVER:
            return
        if step is _Step.WHOLE:
            yield "".join((*scan.pieces, chunk[begin:at]))
            scan.pieces.clear()
            scan.size, begin = 0, at
    _keep(scan, chunk[begin:])


def _next_mark(scan: _Scan, chunk: str, at: int) -> int | None:
    while True:
        if scan.escaped:
            if at >= len(chunk):
                return None
            at, scan.escaped = at + 1, False
        found = (_IN_STRING if scan.string else _MARK).search(chunk, at)
        if found is None:
            return None
        if found[0] != "\\":
            return found.start()
        at, scan.escaped = found.end(), True


def _step(scan: _Scan, mark: str) -> _Step:
    if mark == '"':
        if not scan.depth:
            raise _not_objects(scan)
        scan.string = not scan.string
    elif mark in "{[":
        _open(scan, mark)
    elif scan.depth:
        scan.depth -= 1
        return _Step.INSIDE if scan.depth else _Step.WHOLE
    elif scan.inside and mark == "]":
        scan.over = True
        return _Step.OVER
    else:
        raise bad_file(scan.where, "not_json", "A bracket is closed that was never opened. Export it again.")
    return _Step.INSIDE


def _open(scan: _Scan, mark: str) -> None:
    if not scan.depth and mark == "[":
        raise _not_objects(scan)
    scan.depth += 1
    if scan.depth > DEEPEST:
        text = f"Objects stand in each other more than {DEEPEST} deep. HSDS needs about ten; export it again."
        raise bad_file(scan.where, "too_deep", text)


def _between(scan: _Scan, text: str) -> None:
    _only_space(scan, text)
    scan.line += text.count("\n")
    scan.number = scan.number + 1 if scan.inside else scan.line


def _only_space(scan: _Scan, text: str) -> None:
    if not _BETWEEN.fullmatch(text):
        raise _not_objects(scan)


def _keep(scan: _Scan, text: str) -> None:
    if not scan.depth:
        _only_space(scan, text)
        scan.line += text.count("\n")
        return
    scan.pieces.append(text)
    scan.size += len(text)
    if scan.size > LARGEST_OBJECT:
        text = f"One object is longer than {LARGEST_OBJECT // 1_000_000} million characters. Write a list of objects."
        raise bad_file(scan.where, "too_long", text)


def _parsed(scan: _Scan, text: str) -> dict[str, Any]:
    scan_line = text.count("\n")
    try:
        value = _DECODER.decode(text)
    except _Refused as refusal:
        raise bad_file(scan.where, refusal.code, refusal.text) from refusal
    except (ValueError, RecursionError) as error:
        raise bad_file(scan.where, "not_json", "This is not JSON. Export it again.") from error
    scan.line += scan_line
    found: dict[str, Any] = value
    return found


class _Refused(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("duplicate_key", "An object names the same key twice, so one value would be lost. Keep one.")
    return found


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise _Refused("not_a_number", f"A number has more than {LONGEST_NUMBER} digits. Mend it.")
    return text


def _constant(text: str) -> str:
    raise _Refused("not_json", f"{text} is not JSON. Write null where there is no number.")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_number, parse_float=_number, parse_constant=_constant)


def _not_objects(scan: _Scan) -> BadFile:
    text = "There must be objects: one, a list of them, a page with contents, or one on each line."
    return bad_file(scan.where if scan.number else scan.file, "not_json", text)
