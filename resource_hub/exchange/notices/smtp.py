"""Mail by SMTP: encrypted unless the server is this machine itself."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from resource_hub.exchange.notices.senders import NotSent

SECONDS = 20.0
PORTS = {"smtp": 587, "smtps": 465}


class Line(Protocol):
    """What is used of a connection to a mail server, as smtplib has it."""

    def ehlo(self) -> object:
        """Greet the server."""

    def has_extn(self, opt: str) -> bool:
        """Tell whether the server offers something."""

    def starttls(self, *, context: ssl.SSLContext) -> object:
        """Encrypt from here on."""

    def login(self, user: str, password: str) -> object:
        """Sign in."""

    def send_message(self, msg: EmailMessage) -> object:
        """Hand over a message."""

    def close(self) -> None:
        """Hang up."""


Connect = Callable[[SplitResult], Line]


class SmtpSender:
    """Sends each message over a connection of its own, so that one bad message stops no other."""

    def __init__(self, url: str, sender: str, connect: Connect | None = None) -> None:
        """Take the server's URL and the From of each message; `connect` opens the line to the server."""
        self._url, self._from = urlsplit(url), sender
        self._connect = connect or _connect

    def send(self, mail: EmailMessage) -> None:
        """Send a message; refuses with NotSent, whose code names neither the server's words nor an address."""
        del mail["From"]
        mail["From"] = self._from
        try:
            line = self._connect(self._url)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent("smtp_away") from error
        try:
            self._hand_over(line, mail)
        except smtplib.SMTPException as error:
            raise NotSent(_code_of(error)) from error
        except (OSError, ValueError) as error:
            raise NotSent("smtp_failed") from error
        finally:
            line.close()

    def _hand_over(self, line: Line, mail: EmailMessage) -> None:
        line.ehlo()
        if self._url.scheme == "smtp":
            if line.has_extn("starttls"):
                line.starttls(context=ssl.create_default_context())
                line.ehlo()
            elif not is_loopback(self._url.hostname or ""):
                # Without encryption whoever stands between reads where people are sent.
                raise NotSent("smtp_not_encrypted")
        if self._url.username:
            line.login(unquote(self._url.username), unquote(self._url.password or ""))
        line.send_message(mail)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _connect(url: SplitResult) -> Line:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=SECONDS)


_CODES = (
    (smtplib.SMTPAuthenticationError, "smtp_sign_in"),
    (smtplib.SMTPRecipientsRefused, "smtp_address_refused"),
    (smtplib.SMTPSenderRefused, "smtp_sender_refused"),
    (smtplib.SMTPServerDisconnected, "smtp_away"),
)


def _code_of(error: smtplib.SMTPException) -> str:
    return next((code for kind, code in _CODES if isinstance(error, kind)), "smtp_failed")
