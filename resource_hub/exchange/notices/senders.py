"""Ways to send a message."""

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol


class NotSent(Exception):
    """A message could not be sent now; `code` is a word for the log that names no address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sender(Protocol):
    """Sends one message, or raises NotSent. Sending the same Message-ID again must do no harm."""

    def send(self, mail: EmailMessage) -> None:
        """Send a message."""


class FileSender:
    """The sender for development: writes each message into a folder, as a file that mail programs open."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first message comes."""
        self._folder = folder

    def send(self, mail: EmailMessage) -> None:
        """Write the message under its Message-ID; a second time replaces the file."""
        name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        part = self._folder / f"{name}.part"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(mail.as_bytes())
            part.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise NotSent("file") from error
