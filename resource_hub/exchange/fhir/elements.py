"""Elements of a FHIR document, read with their place: every refusal names where, and how to mend it."""

from collections.abc import Iterator, Mapping

from resource_hub.screening.rules import fields
from resource_hub.screening.rules.fields import refusal, shown

Json = Mapping[str, object]

MOST_ENTRIES = 1000
HL7 = "http://hl7.org/fhir/"


def path(where: str, key: str) -> str:
    """Return the place of an element in another."""
    return f"{where}.{key}" if where and where != "the file" else key


def only(entry: Json, known: frozenset[str], where: str) -> None:
    """Refuse an element that is not understood. `_x` belongs to x."""
    for key in entry:
        if key.removeprefix("_") not in known:
            raise refusal(path(where, shown(key)), "This is not understood. Take it out, or ask for it by other means.")


def objects(entry: Json, key: str, where: str) -> Iterator[tuple[Json, str]]:
    """Give the objects of a list under a key, each with its place; nothing where it is missing."""
    if key not in entry:
        return
    found = entry[key]
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_ENTRIES:
        raise refusal(path(where, key), f"Write a list of 1 to {MOST_ENTRIES} entries.")
    for number, one in enumerate(found):
        place = f"{path(where, key)}[{number}]"
        if not isinstance(one, dict):
            raise refusal(place, "Write a JSON object.")
        yield one, place


def text(entry: Json, key: str, where: str) -> str:
    """Return a text under a key, without surrounding space; empty where it is missing."""
    value = entry.get(key, "")
    if not isinstance(value, str) or len(value) > fields.LONGEST_TEXT:
        raise refusal(path(where, key), f"Write a text of at most {fields.LONGEST_TEXT} characters.")
    return value.strip()


def code(entry: Json, key: str, where: str) -> str:
    """Return a code under a key; refuses where it is missing."""
    return fields.code(entry.get(key), path(where, key))


def yes_no(entry: Json, key: str, where: str) -> bool:
    """Return true or false under a key; false where it is missing."""
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise refusal(path(where, key), "Write true or false.")
    return value


def extensions(entry: Json, where: str) -> Iterator[tuple[str, Json, str]]:
    """Give the extensions of an element: address, itself, place."""
    for one, place in objects(entry, "extension", where):
        yield text(one, "url", place), one, place


def value(entry: Json, prefix: str, where: str) -> tuple[str, object, str]:
    """Return the one `value[x]` (or `answer[x]`) of an element: its type, itself, its place."""
    found = [key for key in entry if key.startswith(prefix) and key != prefix and key[len(prefix)].isupper()]
    if len(found) != 1:
        raise refusal(where, f"Give one {prefix}, such as {prefix}Coding or {prefix}Integer.")
    return found[0].removeprefix(prefix), entry[found[0]], path(where, found[0])
