"""Text messages: by a gateway that takes them over HTTPS, in development into files."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import phonenumbers

from resource_hub.exchange.notices.senders import NotSent

SECONDS = 10.0
_COUNTRY = "US"
# The types of number that can take a text, as directories write them.


@dataclass(frozen=True)
class TextMessage:
    """A text message; `key` is the same whenever the same notice is sent again. `to` is in E.164."""

    key: str
    to: str = field(repr=False)
    text: str = field(repr=False)


class TextSender(Protocol):
    """Sends one text message, or raises NotSent. The same key again must do no harm."""

    def send(self, message: TextMessage) -> None:
        """Send a message."""


Post = Callable[[str, bytes, Mapping[str, str], float], None]


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that moved is set anew: what we send goes nowhere else by itself."""

    def redirect_request(self, *_args: object) -> None:
        """Follow nothing."""


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> None:
    """Send a body; refuses with OSError or HTTPException what is not answered with success."""
    request = Request(url, body, dict(headers), method="POST")  # noqa: S310 - the settings take https alone
    with build_opener(_NoRedirect).open(request, timeout=seconds):
        return


class WebhookTexts:
    """Hands each message to a gateway: a POST of {"id", "to", "text"} in JSON, with the token as Bearer."""

    def __init__(self, url: str, token: str = "", post: Post = post) -> None:
        """Take the gateway's address and token."""
        self._url, self._post = url, post
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def send(self, message: TextMessage) -> None:
        """Send a message; the key is also the Idempotency-Key of the request."""
        body = json.dumps({"id": message.key, "to": message.to, "text": message.text}).encode()
        try:
            self._post(self._url, body, self._headers | {"Idempotency-Key": message.key}, SECONDS)
        except HTTPError as error:
            raise NotSent(f"sms_{error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise NotSent("sms_away") from error


class FileTexts:
    """The sender for development: writes each message into a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first message comes."""
        self._folder = folder

    def send(self, message: TextMessage) -> None:
        """Write the message under its key; a second time replaces the file."""
        name = re.sub("[^A-Za-z0-9.-]", ".", message.key)
        part = self._folder / f"{name}.part"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(f"To: {message.to}\n\n{message.text}\n", encoding="utf-8")
            part.replace(self._folder / f"{name}.sms")
        except OSError as error:
            raise NotSent("file") from error


def number_of(text: str) -> str | None:
    """Return a listed number in E.164; None where it is none."""
    try:
        number = phonenumbers.parse(text[:100], _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
