"""Mail goes out encrypted or not at all, and a refusal is a code that holds no address."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult

import pytest

from resource_hub.exchange.notices.message import Letter, message
from resource_hub.exchange.notices.senders import NotSent
from resource_hub.exchange.notices.smtp import Line, SmtpSender, is_loopback
from tests.conftest import NOW

FROM = "Harbor Hub <hub@example.org>"


class Server:
    """A mail server in this process; keeps what it is told, in order."""

    def __init__(self, *, encrypts: bool = True, refuses: Exception | None = None) -> None:
        self.said: list[str] = []
        self.mails: list[EmailMessage] = []
        self.encrypts, self.refuses = encrypts, refuses

    def connect(self, url: SplitResult) -> Line:
        self.said.append(f"connect {url.hostname}")
        return self

    def ehlo(self) -> None:
        self.said.append("ehlo")

    def has_extn(self, opt: str) -> bool:
        return opt == "starttls" and self.encrypts

    def starttls(self, *, context: ssl.SSLContext) -> None:
        assert context.verify_mode is ssl.CERT_REQUIRED
        self.said.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.said.append(f"login {user} {password}")

    def send_message(self, msg: EmailMessage) -> None:
        if self.refuses:
            raise self.refuses
        self.mails.append(msg)

    def close(self) -> None:
        self.said.append("close")


def a_mail() -> EmailMessage:
    return message("handoff.moved:r-1:2", ["ana@example.org"], Letter("handoff.moved", "/desk/"), NOW)


def send(server: Server, url: str) -> None:
    SmtpSender(url, FROM, server.connect).send(a_mail())


def test_it_encrypts_before_it_signs_in_and_hangs_up() -> None:
    server = Server()

    send(server, "smtp://hub:a%40b@mail.example.org:2525")

    assert server.said == ["connect mail.example.org", "ehlo", "starttls", "ehlo", "login hub a@b", "close"]
    (mail,) = server.mails
    assert (mail["From"], mail["To"]) == (FROM, "ana@example.org")


def test_a_server_that_does_not_encrypt_gets_nothing() -> None:
    server = Server(encrypts=False)

    with pytest.raises(NotSent, match="smtp_not_encrypted"):
        send(server, "smtp://hub:secret@mail.example.org")

    assert server.said == ["connect mail.example.org", "ehlo", "close"]
    assert server.mails == []


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:25", "smtp://localhost", "smtp://[::1]", "smtps://mail.example.org"])
def test_on_this_machine_or_encrypted_from_the_start_it_needs_no_more(url: str) -> None:
    server = Server(encrypts=False)

    send(server, url)

    assert len(server.mails) == 1
    assert "starttls" not in server.said


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "smtp_sign_in"),
        (smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"who?")}), "smtp_address_refused"),
        (smtplib.SMTPServerDisconnected("bye"), "smtp_away"),
        (smtplib.SMTPDataError(554, b"spam"), "smtp_failed"),
        (TimeoutError("slow"), "smtp_failed"),
    ],
)
def test_each_refusal_is_a_code_and_the_line_is_closed(refusal: Exception, code: str) -> None:
    server = Server(refuses=refusal)

    with pytest.raises(NotSent) as caught:
        send(server, "smtps://mail.example.org")

    assert caught.value.code == code
    assert server.said[-1] == "close"


def test_a_server_that_is_away_is_tried_again_later() -> None:
    def nobody(_url: SplitResult) -> Line:
        raise ConnectionRefusedError

    with pytest.raises(NotSent, match="smtp_away"):
        SmtpSender("smtps://mail.example.org", FROM, nobody).send(a_mail())


def test_what_this_machine_is() -> None:
    hosts = ["localhost", "127.0.0.1", "127.8.8.8", "::1", "10.0.0.1", "localhost.example.org", ""]
    assert [is_loopback(host) for host in hosts] == [True] * 4 + [False] * 3
