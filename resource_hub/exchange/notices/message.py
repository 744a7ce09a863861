"""A notice as an e-mail message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from string import Template

from resource_hub.core.paths import bundled

SENDER = "Resource Hub <no-reply@resource-hub.invalid>"
SUBJECT = "Resource Hub: an update / una novedad"
STILL_RIGHT = "still-right"
_SUBJECTS = {STILL_RIGHT: "Resource Hub: is your listing right? / ¿está bien su ficha?"}
_TEXTS = {STILL_RIGHT: "still_right.txt"}
LONGEST_TEXT = 160
_SHORT = ("Resource Hub: you have an update / tiene una novedad:", "Update / novedad:", "")
# The characters of the GSM alphabet that count once and that an address or our words can hold.
_GSM = re.compile(r"[A-Za-z0-9@$_ !\"#%&'()*+,\-./:;<=>?]*")


def valid_addresses(texts: Sequence[str | None]) -> list[str]:
    """Return the texts that are one e-mail address each; imported listings hold all sorts."""
    return [text.strip() for text in texts if text and _is_address(text.strip())]


@dataclass(frozen=True)
class Letter:
    """What a notice says: its kind, and the page that it leads to; `by_link` where that needs no account."""

    kind: str
    path: str
    by_link: bool = False


def message(dedup_key: str, to: Sequence[str], letter: Letter, now: datetime) -> EmailMessage:
    """Return the message of a notice; its Message-ID comes from the key, so that a repetition is seen as one."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{re.sub('[^A-Za-z0-9.-]', '.', dedup_key)}@resource-hub.invalid>"
    mail["Date"] = now
    mail["From"] = SENDER
    mail["To"] = ", ".join(to)
    mail["Subject"] = _SUBJECTS.get(letter.kind, SUBJECT)
    mail["Auto-Submitted"] = "auto-generated"
    usual = "update_by_link.txt" if letter.by_link else "update.txt"
    text = (bundled("templates") / "notices" / _TEXTS.get(letter.kind, usual)).read_text(encoding="utf-8")
    mail.set_content(Template(text).substitute(path=letter.path))
    return mail


def short_text(letter: Letter) -> str | None:
    """Return a notice as a text message of at most 160 characters of the GSM alphabet; None where it cannot be."""
    for words in _SHORT:
        text = f"{words} {letter.path}".strip()
        if len(text) <= LONGEST_TEXT and _GSM.fullmatch(text):
            return text
    return None


def _is_address(text: str) -> bool:
    try:
        return "." in Address(addr_spec=text).domain
    except (MessageError, ValueError, IndexError):
        return False
