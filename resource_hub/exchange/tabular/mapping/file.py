"""Mapping files: TOML, read with care and written so that a person can go on with it."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.mapping.targets import FIELDS
from resource_hub.exchange.tabular.mapping.values import Proposals, Rule, SheetMapping, TableMapping

LARGEST_BYTES = 200_000
MOST_RULES = 300
LONGEST_WORDS = 500
LONGEST_SOURCE = 40
_TEXTS = ("join", "value", "split", "yes", "part", "at")
_PARTS = ("", "first", "last")


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping file; refuses what is no mapping with the place and how to mend it."""
    if path.stat().st_size > LARGEST_BYTES:
        raise _bad(path.name, "This is larger than a mapping can be.")
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(path.name, "This is not TOML in UTF-8. docs/import.md shows how a mapping is written.") from error
    return mapping_of(document, path.name)


def mapping_of(document: Mapping[str, object], where: str) -> TableMapping:
    """Return the mapping that a document states; refuses with the place in it."""
    sheets = document.get("sheet")
    if not isinstance(sheets, list) or not sheets or not all(isinstance(sheet, dict) for sheet in sheets):
        raise _bad(where, "There is no [[sheet]]. A mapping has one for each sheet, with a [[sheet.field]] per field.")
    source = document.get("source", "sheet")
    if not isinstance(source, str) or not source or len(source) > LONGEST_SOURCE:
        raise _bad(where, f"`source` is a short name of the list, of at most {LONGEST_SOURCE} characters.")
    return TableMapping(tuple(_sheet(sheet, where) for sheet in sheets), source)


def document_of(mapping: TableMapping) -> dict[str, object]:
    """Return a mapping as the document that `mapping_of` reads."""
    return {"source": mapping.source, "sheet": [_sheet_document(sheet) for sheet in mapping.sheets]}


def write_mapping(proposals: Proposals) -> str:
    """Return a proposal as TOML; columns that were left out stand there as remarks."""
    mapping = proposals.mapping
    lines = [f"source = {_quoted(mapping.source)}"]
    for proposal, sheet in zip(proposals.sheets, mapping.sheets, strict=True):
        lines += ["", "[[sheet]]", *([f"name = {_quoted(sheet.name)}"] if sheet.name else [])]
        doubtful = {guess.column: guess.confidence for guess in proposal.guesses if guess.field and not guess.sure}
        for rule in sheet.rules:
            remark = (
                [f"# {doubtful[rule.columns[0]]:.0%} sure: look at this one"] if rule.columns[0] in doubtful else []
            )
            lines += ["", *remark, "[[sheet.field]]"]
            lines += [f"{name} = {_quoted(value)}" for name, value in _rule_document(rule).items()]
        if proposal.left_out:
            lines += ["", "# Not clear, and therefore left out:"]
            lines += [f"#   {_quoted(column)}" for column in proposal.left_out]
    return "\n".join(lines) + "\n"


def _sheet_document(sheet: SheetMapping) -> dict[str, object]:
    named: dict[str, object] = {"name": sheet.name} if sheet.name else {}
    return named | {"field": [_rule_document(rule) for rule in sheet.rules]}


def _rule_document(rule: Rule) -> dict[str, object]:
    document: dict[str, object] = {"to": rule.field}
    if rule.columns:
        document["from"] = rule.columns[0] if len(rule.columns) == 1 else list(rule.columns)
    plain = Rule(rule.field)
    return document | {name: getattr(rule, name) for name in _TEXTS if getattr(rule, name) != getattr(plain, name)}


def _sheet(sheet: Mapping[str, object], where: str) -> SheetMapping:
    name, rules = sheet.get("name", ""), sheet.get("field")
    if not isinstance(name, str):
        raise _bad(where, "The name of a [[sheet]] is a text.")
    if not isinstance(rules, list) or not 0 < len(rules) <= MOST_RULES:
        raise _bad(where, f"A [[sheet]] has between 1 and {MOST_RULES} [[sheet.field]].")
    read = SheetMapping(tuple(_rule(rule, f"{where}, field {number}") for number, rule in enumerate(rules, 1)), name)
    if "organization.name" not in read.fields and "organization.id" not in read.fields:
        raise _bad(where, "No column is mapped to organization.name. Say whose services these are.")
    return read


def _rule(rule: object, where: str) -> Rule:
    if not isinstance(rule, dict) or rule.get("to") not in FIELDS:
        raise _bad(where, f"`to` names no field. Use one of: {', '.join(FIELDS)}.")
    unknown = set(rule) - {"to", "from", *_TEXTS}
    if unknown:
        raise _bad(where, f"`{str(min(unknown))[:40]}` is not known. Use to, from, {', '.join(_TEXTS)}.")
    columns = _columns(rule.get("from", []), where)
    texts = {name: rule[name] for name in _TEXTS if name in rule}
    if not all(isinstance(text, str) and len(text) <= LONGEST_WORDS for text in texts.values()):
        raise _bad(where, f"{', '.join(_TEXTS)} are texts of at most {LONGEST_WORDS} characters.")
    if texts.get("part", "") not in _PARTS:
        raise _bad(where, "`part` is first or last.")
    if bool(columns) == bool(texts.get("value")):
        raise _bad(where, "A field has either a column (`from`) or a constant (`value`).")
    return Rule(str(rule["to"]), columns, **texts)


def _columns(given: object, where: str) -> tuple[str, ...]:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, Iterable) or not all(isinstance(name, str) for name in names):
        raise _bad(where, "`from` is the name of a column, or a list of names.")
    return tuple(str(name).strip().lower() for name in names)


def _quoted(value: object) -> str:
    # What JSON writes of texts and lists of texts is TOML as well, apart from DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bad(where: str, text: str) -> BadFile:
    return bad_file(where, "bad_mapping", text)
