"""One word for one thing, and nothing in the text that belongs to a machine, a registry or a moment."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house.tree import ROOT, relative, text_files

# What the house does not call things, and what it says instead.
AVOIDED = {
    "provider": (re.compile(r"(?<!\.)\bproviders?\b", re.IGNORECASE), "organization or CBO"),
    "client": (re.compile(r"\bclients?\b", re.IGNORECASE), "person"),
    "agency": (re.compile(r"\bagenc(?:y|ies)\b", re.IGNORECASE), "organization"),
    "resource": (
        re.compile(r"(?<!community )(?<!-)\bresources?\b(?!-| hub)", re.IGNORECASE),
        "service, or the record's own name",
    ),
}
ALLOWED = {
    ("agency", "tests/inventory/test_eligibility_text.py"): "the words of listings as they come",
    ("client", "assets/map.mjs"): "the name of a package",
    ("client", "tests/*"): "Flask's test client",
    ("client", "resource_hub/exchange/hsds/lint/laws/http.py"): "the module http.client",
    ("resource", "resource_hub/exchange/hsds/reading/packages.py"): "what a data package calls its files",
    ("resource", "tests/exchange/hsds/test_older.py"): "what a data package calls its files",
    ("client", "resource_hub/exchange/notices/texts.py"): "the module http.client",
    ("client", "resource_hub/matching/routing.py"): "the module http.client",
    ("resource", "resource_hub/exchange/hsds/lint/service.py"): "a key of datapackage.json",
    ("resource", "tests/exchange/hsds/lint/test_package.py"): "a key of datapackage.json",
    ("resource", "resource_hub/exchange/hsds/writing/package.py"): "a data package's own word",
    ("resource", "tests/exchange/hsds/writing/test_export.py"): "a data package's own word",
    ("resource", "resource_hub/exchange/fhir/*"): "an element's name in FHIR",
    ("resource", "tests/exchange/fhir/*"): "an element's name in FHIR",
    ("resource", "tests/conformance/*"): "an element's name in FHIR and in data packages",
}
NEVER = {
    "a path of one machine": re.compile(r"(?<![\w.$}/*-])/(?:work|root|tmp|home)\b(?=[/\s\"'`)]|$)"),
    "a registry's address": re.compile(r"\b(?:pypi|npmjs|pythonhosted|unpkg|jsdelivr|cdnjs)\.(?:org|com|net)\b"),
    "a note to oneself": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
    "an issue's number": re.compile(
        r"\b(?:issue|ticket|session) #?\d+\b|\b(?:see|in|fixes|closes) #\d+\b", re.IGNORECASE
    ),
}
WORDED = ("resource_hub", "templates", "migrations", "tests", "tools", "assets", "docs", "README.md", "CONTRIBUTING.md")


def avoided(name: str, text: str) -> list[str]:
    """Return what a file says that the house says otherwise."""
    return [
        f"{name}:{number}: {found.group()}: say {instead}"
        for word, (pattern, instead) in AVOIDED.items()
        if not any(word == allowed and fnmatch(name, files) for allowed, files in ALLOWED)
        for number, line in enumerate(text.splitlines(), 1)
        for found in pattern.finditer(line)
    ]


def misplaced(name: str, text: str) -> list[str]:
    """Return what a file says that belongs to a machine, a registry or a moment."""
    return [
        f"{name}:{number}: {found.group()}: {what}"
        for what, pattern in NEVER.items()
        for number, line in enumerate(text.splitlines(), 1)
        for found in pattern.finditer(line)
    ]


def ours(*tops: str) -> list[tuple[str, str]]:
    files = [path for path in text_files(*tops) if path != Path(__file__)]
    return [(relative(path), path.read_text(encoding="utf-8")) for path in files]


def test_the_words_to_avoid_are_avoided() -> None:
    there = [name for name in WORDED if (ROOT / name).exists()]
    assert [fault for name, text in ours(*there) for fault in avoided(name, text)] == []


def test_nothing_belongs_to_a_machine_a_registry_or_a_moment() -> None:
    assert [fault for name, text in ours() for fault in misplaced(name, text)] == []


def test_every_exception_is_needed() -> None:
    files = ours(*(name for name in WORDED if (ROOT / name).exists()))
    unused = [
        (word, pattern)
        for word, pattern in ALLOWED
        if not any(fnmatch(name, pattern) and AVOIDED[word][0].search(text) for name, text in files)
    ]
    assert unused == []


@pytest.mark.parametrize("text", ["the Provider's", "three agencies", "a client", "find resources", "resource"])
def test_a_word_to_avoid_is_found(text: str) -> None:
    assert len(avoided("docs/a.md", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Resource Hub",
        "resource_hub.core",
        "a community resource directory",
        "from flask.json.provider",
        "provided",
        "clientele",
    ],
)
def test_a_good_word_is_left_alone(text: str) -> None:
    assert avoided("docs/a.md", text) == []


@pytest.mark.parametrize(
    "text",
    # Put together here, so that this file holds none of them.
    [
        "cd /{}/main".format("work"),
        '"/{}/x"'.format("root"),
        "(/tmp)",
        "https://{}.org".format("pypi"),
        "# TODO mend",
        "see issue 12",
        "in #12",
    ],
)
def test_what_belongs_elsewhere_is_found(text: str) -> None:
    assert len(misplaced("docs/a.md", text)) == 1


@pytest.mark.parametrize(
    "text", ["/desk/work", "href='#12ab'", "color: #123456", "templates/work/x", "this issue matters"]
)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert misplaced("docs/a.md", text) == []
