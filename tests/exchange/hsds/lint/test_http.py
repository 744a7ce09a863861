"""Requests stay on one host, and what does not come is an answer with a reason."""

import ssl
from collections.abc import Callable
from urllib.parse import SplitResult

import pytest

from resource_hub.exchange.hsds.lint.laws import http
from resource_hub.exchange.hsds.lint.laws.http import Http, base_of
from resource_hub.exchange.hsds.lint.laws.values import Answer, Request

Ask = Callable[[SplitResult, Request], Answer]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked; each answers by what its path says."""
    asked: list[str] = []

    def ask(parts: SplitResult, request: Request) -> Answer:
        asked.append(parts.geturl())
        steps = {
            "/api/old": Answer(301, {"location": "/api/new"}),
            "/api/away": Answer(302, {"location": "https://elsewhere.example/api"}),
            "/api/down": Answer(302, {"location": "http://feed.example/api/new"}),
            "/api/file": Answer(302, {"location": "file:///etc/passwd"}),
            "/api/round": Answer(302, {"location": "/api/round"}),
        }
        return steps.get(parts.path, Answer(200, body=b"{}"))

    monkeypatch.setattr(http, "_ask", ask)
    return asked


def ask(path: str, **params: str) -> Answer:
    base = base_of("https://feed.example/api/")
    assert base is not None
    return Http(base)(Request(path, params))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://feed.example",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@feed.example",
        "http://[",
        "http://a:b/",
    ],
)
def test_only_addresses_of_the_web_are_asked(address: str) -> None:
    assert base_of(address) is None


def test_a_request_goes_below_the_base_with_its_question(asked: list[str]) -> None:
    assert ask("/services", search="a b").status == 200
    assert asked == ["https://feed.example/api/services?search=a+b"]


def test_a_redirect_is_followed_on_the_same_host(asked: list[str]) -> None:
    assert ask("/old").status == 200
    assert asked == ["https://feed.example/api/old", "https://feed.example/api/new"]


@pytest.mark.parametrize("path", ["/away", "/down", "/file"])
def test_a_redirect_elsewhere_or_to_less_safety_is_not_followed(asked: list[str], path: str) -> None:
    answer = ask(path)
    assert (answer.status, len(asked)) == (0, 1)
    assert "another host" in answer.reason


def test_a_redirect_without_end_is_given_up(asked: list[str]) -> None:
    assert ask("/round").status == 0
    assert len(asked) == http.MOST_REDIRECTS


@pytest.mark.parametrize("error", [TimeoutError(), ssl.SSLError(), ConnectionRefusedError(), ValueError()])
def test_what_does_not_come_has_a_reason(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(parts: SplitResult, request: Request) -> Answer:
        raise error

    monkeypatch.setattr(http, "_ask", fail)
    answer = ask("/services")
    assert answer.status == 0
    assert answer.reason
