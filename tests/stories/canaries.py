"""Where a canary could have flown: log, output, addresses, mails and texts, files, the bytes of the database."""

import re
from collections.abc import Iterable

import pytest

from tests.stories.browser import Browser
from tests.stories.conftest import Town
from tests.web.conftest import words_of


def holds(text: str, secret: str) -> bool:
    """Tell whether a text holds a secret; digits inside of an identifier are none."""
    pattern = rf"(?<![0-9a-f]){secret}(?![0-9a-f])" if secret.isdigit() else re.escape(secret)
    return bool(re.search(pattern, text, re.IGNORECASE))


def left_behind(
    town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], browsers: Iterable[Browser]
) -> dict[str, str]:
    """Return all that is left behind, by where it was found; files are read as bytes are."""
    printed = capfd.readouterr()
    left = {
        "log": "\n".join(words_of(record) for record in caplog.records),
        "printed": printed.out + printed.err,
        "addresses": "\n".join(address for browser in browsers for address in browser.visited + browser.offered),
    }
    for file in town.folder.rglob("*"):
        if file.is_file():
            left[str(file.relative_to(town.folder))] = file.read_bytes().decode("latin-1")
    return left


def found(left: dict[str, str], secrets: Iterable[str]) -> set[tuple[str, str]]:
    """Return which secret stands where."""
    return {(where, secret) for secret in secrets for where, text in left.items() if holds(text, secret)}
