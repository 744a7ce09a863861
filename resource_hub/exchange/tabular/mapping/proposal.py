"""What the columns of a sheet seem to hold, by headings and the shape of cells; what is not clear is left out."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz, process, utils

from resource_hub.core.geography import ZONE_OF_STATE
from resource_hub.core.paths import bundled
from resource_hub.exchange.tabular.mapping.targets import FIELDS, SEVERAL
from resource_hub.exchange.tabular.mapping.values import Guess, Proposal, Proposals
from resource_hub.exchange.tabular.tables import Table

FILE = "mapping/headings.toml"
NOTHING = "none"
ENOUGH = 0.8
# What the cells alone say is a guess that is never quite sure.
BY_SHAPE_ALONE = 0.8
LONGEST_HEADING = 80
LOOKED_AT = 200
SAMPLES = 3
LONGEST_SAMPLE = 80
_MOST_FIT, _FEW_FIT = 0.8, 0.4

_Shape = Callable[[str], object]
_NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?")


def _number_up_to(most: float) -> _Shape:
    return lambda cell: _NUMBER.fullmatch(cell) and abs(float(cell)) <= most


_SHAPES: Mapping[str, _Shape] = {
    "phone": re.compile(
        r"[^\d]{0,12}(?:\+?1[ .-]?)?\(?\d{3}\)?[ .\-/]{0,3}\d{3}[ .-]?\d{4}\b.{0,60}", re.DOTALL
    ).fullmatch,
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE).fullmatch,
    "web": re.compile(r"(https?://\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?)", re.IGNORECASE).fullmatch,
    "zip": re.compile(r"\d{5}(-\d{4})?").fullmatch,
    "state": lambda cell: cell.upper() in ZONE_OF_STATE,
    "latitude": _number_up_to(90),
    "longitude": _number_up_to(180),
}
_SHAPE_OF: Mapping[str, str] = {
    "phone.number": "phone",
    "phone.fax": "phone",
    "phone.cell": "phone",
    "organization.email": "email",
    "service.email": "email",
    "organization.website": "web",
    "service.url": "web",
    "address.postal_code": "zip",
    "address.state_province": "state",
    "location.latitude": "latitude",
    "location.longitude": "longitude",
}
# These shapes are told from everything else without a heading.
_UNMISTAKABLE = ("organization.email", "organization.website", "phone.number", "address.state_province")


def propose_all(tables: Mapping[str, Table]) -> Proposals:
    """Propose a mapping of every sheet that names organizations, or of the first where none seems to."""
    proposals = [propose(name, table) for name, table in tables.items()]
    telling = [
        one for one in proposals if {"organization.name", "organization.id"} & {rule.field for rule in one.rules}
    ]
    return Proposals(tuple(telling or proposals[:1]))


def propose(name: str, table: Table) -> Proposal:
    """Propose a mapping of a sheet. A field that takes one column gets the likeliest, or none where two are alike."""
    cells = {column: _cells(table, column) for column in sorted(table.columns)}
    ranked = {column: _guess(column, cells[column]) for column in cells}
    taken: dict[str, str] = {}
    for column in sorted(ranked, key=lambda one: (-ranked[one][1], one)):
        field, confidence = ranked[column]
        if field and confidence >= ENOUGH and (field in SEVERAL or field not in taken):
            taken[field] = column
        else:
            ranked[column] = (None, 0.0)
    order = list(
        dict.fromkeys(column for row in islice(table.rows, LOOKED_AT) for column in row.cells if column in cells)
    )
    order += [column for column in cells if column not in order]
    samples = {column: tuple(cell[:LONGEST_SAMPLE] for cell in cells[column][:SAMPLES]) for column in cells}
    return Proposal(name, tuple(Guess(column, *ranked[column], samples[column]) for column in order))


def _cells(table: Table, column: str) -> list[str]:
    return list(dict.fromkeys(row.cells[column] for row in islice(table.rows, LOOKED_AT) if column in row.cells))


def _guess(column: str, cells: list[str]) -> tuple[str | None, float]:
    by_heading = _by_heading(column)
    if by_heading and by_heading[0][0] == NOTHING:
        return None, 0.0
    for field, confidence in by_heading:
        fits = _fit(field, cells)
        if fits is None:
            return field, confidence
        if fits >= _FEW_FIT or not cells:
            return field, confidence if fits >= _MOST_FIT else confidence * 0.9
    for field in _UNMISTAKABLE:
        if not by_heading and cells and (_fit(field, cells) or 0.0) >= _MOST_FIT:
            return field, BY_SHAPE_ALONE
    return None, 0.0


def _fit(field: str, cells: list[str]) -> float | None:
    shape = _SHAPE_OF.get(field)
    if shape is None:
        return None
    return sum(bool(_SHAPES[shape](cell.strip()[:200])) for cell in cells) / len(cells) if cells else 0.0


def _by_heading(column: str) -> list[tuple[str, float]]:
    heading = _plain(column)
    known = headings()
    found = process.extract(heading, list(known), scorer=fuzz.token_sort_ratio, limit=5, score_cutoff=ENOUGH * 100)
    best: dict[str, float] = {}
    for words, score, _place in found:
        best[known[words]] = max(best.get(known[words], 0.0), score / 100)
    return sorted(best.items(), key=lambda pair: -pair[1])


@lru_cache(maxsize=1)
def headings() -> Mapping[str, str]:
    """Return the headings that we know, in English and Spanish, each with its field."""
    with (bundled("seed") / FILE).open("rb") as file:
        document = tomllib.load(file)
    return {_plain(words): field for field in (*FIELDS, NOTHING) for words in document.get(field, ())}


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words[:LONGEST_HEADING])
    ascii_only = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(utils.default_process(ascii_only.replace("_", " ")).split())
