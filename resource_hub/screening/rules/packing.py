"""The scoring of a known panel, laid over a questionnaire that somebody brought: by panel, question and answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from resource_hub.screening.values import Instrument, Item

Document = Mapping[str, object]
Entries = Mapping[str, dict[str, object]]

_ITEM_KEYS = ("sensitive", "from_age")
_ANSWER_KEYS = ("refusal", "score", "unverified", "icd10")
_TEST_KEYS = ("sum", "product")


@dataclass(frozen=True)
class Pack:
    """The scoring of one panel, as a document and as it was read."""

    document: Document
    instrument: Instrument


def with_scoring(document: Document, packs: Iterable[Pack]) -> dict[str, object]:
    """Return an instrument's document with the scoring of its panel; unchanged where no pack knows it.

    A rule stays only for questions that have the answers which the pack knows: the same code elsewhere may have others.
    """
    pack = _pack_for(document, packs)
    if pack is None:
        return dict(document)
    own, known = _by_code(document), _by_code(pack.document)
    same = {code for code, item in own.items() if code in known and _same_answers(item, known[code])}
    items = [_item(item, known, same) for item in own.values()]
    kept = {code: item for code, item in zip(own, items, strict=True) if code in same}
    rules = {
        key: [rule for one in _entries(pack.document, key) if (rule := _rule(one, kept))]
        for key in ("scoring", "safety")
    }
    return {
        **document,
        "items": items,
        "pack": pack.instrument.name,
        **{key: found for key, found in rules.items() if found},
    }


def _pack_for(document: Document, packs: Iterable[Pack]) -> Pack | None:
    found = list(packs)
    panel = document.get("panel")
    for pack in found:
        if panel and panel in pack.instrument.panel.split():
            return pack
    own = _by_code(document)
    fitting = [pack for pack in found if all(_asks(own, item) for item in pack.instrument.questions)]
    return max(fitting, key=lambda pack: len(pack.instrument.questions), default=None)


def _asks(own: Entries, item: Item) -> bool:
    entry = own.get(item.code)
    if entry is None:
        return False
    return _codes(entry) <= {option.code for option in item.answers} and entry["kind"] == item.kind


def _same_answers(item: Document, known: Document) -> bool:
    return _codes(item) <= _codes(known) and item.get("kind", "choice") == known.get("kind", "choice")


def _item(item: dict[str, object], known: Entries, same: set[str]) -> dict[str, object]:
    code = str(item["code"])
    if code not in same:
        return item
    pack = known[code]
    options = {option["code"]: option for option in _entries(pack, "answers")}
    laid = item | {key: pack[key] for key in _ITEM_KEYS if key in pack}
    if "answers" in item:
        laid["answers"] = [
            {**option, **{key: options[option["code"]][key] for key in _ANSWER_KEYS if key in options[option["code"]]}}
            for option in _entries(item, "answers")
        ]
    calculated = pack.get("calculated")
    if isinstance(calculated, dict) and "calculated" not in item and set(_named(calculated)) <= same:
        laid |= {"calculated": calculated, "read_only": True}
    return laid


def _rule(rule: dict[str, object], kept: Entries) -> dict[str, object] | None:
    if "positive" not in rule:
        return rule if set(_named(rule)) <= kept.keys() else None
    positive = rule["positive"]
    if not isinstance(positive, dict):
        return None
    found = {
        code: [answer for answer in answers if answer in _codes(kept[code])]
        for code, answers in positive.items()
        if code in kept
    }
    found = {code: answers for code, answers in found.items() if answers}
    return {**rule, "positive": found} if found else None


def _named(entry: Mapping[str, object]) -> Iterator[str]:
    for key in (*_TEST_KEYS, "positive"):
        value = entry.get(key, ())
        if isinstance(value, list | dict):
            yield from map(str, value)


def _by_code(document: Document) -> dict[str, dict[str, object]]:
    return {str(item["code"]): item for item in _entries(document, "items")}


def _codes(item: Mapping[str, object]) -> set[object]:
    return {option["code"] for option in _entries(item, "answers")}


def _entries(document: Mapping[str, object], key: str) -> Sequence[dict[str, object]]:
    found = document.get(key, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
