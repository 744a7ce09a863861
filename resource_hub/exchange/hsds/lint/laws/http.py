"""Requests over HTTP: one host, a time and a size limit, redirects within the host only."""

import http.client
import ssl
import time
from collections.abc import Mapping
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from resource_hub.exchange.hsds.lint.laws.values import Answer, Request

SECONDS = 20
LARGEST_ANSWER = 50_000_000
MOST_REDIRECTS = 5

_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"Accept": "application/json", "User-Agent": "resource-hub-lint", "Accept-Encoding": "identity"}


def base_of(address: str) -> SplitResult | None:
    """Return the parts of a base address; None where it is no address of http or https."""
    try:
        parts = urlsplit(address.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in _PORTS and parts.hostname and "@" not in parts.netloc else None


class Http:
    """Carries requests to one API."""

    def __init__(self, base: SplitResult) -> None:
        self._base = base

    def __call__(self, request: Request) -> Answer:
        """Ask; an answer that does not come, is too large or leads to another host has status 0 and a reason."""
        query = f"?{urlencode(request.params)}" if request.params else ""
        address = f"{self._base.scheme}://{self._base.netloc}{self._base.path.rstrip('/')}{request.path}{query}"
        try:
            return self._follow(address, request)
        except TimeoutError:
            return Answer(0, reason=f"there was no answer in {SECONDS} seconds")
        except ssl.SSLError:
            return Answer(0, reason="the certificate or the encryption cannot be trusted")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(0, reason="nothing answers there")

    def _follow(self, address: str, request: Request) -> Answer:
        for _ in range(MOST_REDIRECTS):
            answer = _ask(urlsplit(address), request)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            address = urljoin(address, answer.headers["location"])
            if not self._same_host(urlsplit(address)):
                return Answer(0, reason="it leads to another host, which was not asked")
        return Answer(0, reason=f"it leads on more than {MOST_REDIRECTS} times")

    def _same_host(self, parts: SplitResult) -> bool:
        return parts.scheme in _PORTS and parts.hostname == self._base.hostname and parts.scheme >= self._base.scheme


def _ask(parts: SplitResult, request: Request) -> Answer:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port or _PORTS[parts.scheme], timeout=SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(request.method, target, headers={**_HEADERS, **request.headers})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return _read(response, headers)
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, headers: Mapping[str, str]) -> Answer:
    started, pieces, size = time.monotonic(), [], 0
    while piece := response.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            return Answer(0, reason=f"the answer is larger than {LARGEST_ANSWER // 1_000_000} MB")
        if time.monotonic() - started > SECONDS:
            raise TimeoutError
    return Answer(response.status, headers, b"".join(pieces))
