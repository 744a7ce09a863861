"""The settings, read once from the environment; refuses to start when one is missing or wrong."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from resource_hub.core.encryption import Vault, new_key
from resource_hub.core.errors import Invalid

PREFIX = "RESOURCE_HUB_"
_MIN_SECRET = 32
_PORTS = range(1, 65536)
_WORKERS = range(1, 65)
_DELAYS = range(61)
GEOCODERS = frozenset({"nominatim", "photon", "pelias", "arcgis", "google", "opencage"})
_TILES = re.compile(r"https://[\w.:-]+/(?=[!-~]*\{z\})(?=[!-~]*\{x\})(?=[!-~]*\{y\})[!-~]*")
_WITH_KEY = frozenset({"google", "opencage"})
_MAIL_FROM = re.compile(r"(?:[^<>@\r\n,]+ <[^@<>\s,]+@[^@<>\s,]+\.[^@<>\s,]+>)|(?:[^@<>\s,]+@[^@<>\s,]+\.[^@<>\s,]+)")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations."""

    database_url: str = "sqlite:///instance/hub.db"
    secret_key: str = field(default="", repr=False)
    data_key: str = field(default="", repr=False)
    env: str = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    instance: Path = Path("instance")
    routing_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    publisher: str = "Resource Hub"
    exit_url: str = "https://www.weather.gov/"
    directions_url: str = "https://www.openstreetmap.org/search?query={place}"
    tiles_url: str = ""
    tiles_credit: str = ""
    geocoder: str = ""
    geocoder_domain: str = ""
    geocoder_user_agent: str = "resource-hub"
    geocoder_key: str = field(default="", repr=False)
    geocoder_delay: int = 1
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = field(default="", repr=False)
    sms_token: str = field(default="", repr=False)

    @property
    def production(self) -> bool:
        """Whether the refusals of production are on."""
        return self.env == "production"

    def vault(self) -> Vault:
        """Return the vault that seals people's fields."""
        return Vault.from_setting(self.data_key)


class BadSetting(Invalid):
    """A setting is missing or wrong; the text names it and says how to mend it."""

    code = "bad_setting"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings; makes the two keys on first run in development, refuses in production without them."""
    host, port = environ.get(PREFIX + "HOST", "127.0.0.1"), _number("PORT", environ, 8000, _PORTS)
    instance = Path(environ.get(PREFIX + "INSTANCE", "instance"))
    env = environ.get(PREFIX + "ENV", "development")
    if env not in {"development", "production"}:
        raise _bad("ENV", "is neither `development` nor `production`")
    settings = Settings(
        database_url=environ.get(PREFIX + "DATABASE_URL", f"sqlite:///{instance}/hub.db"),
        secret_key=_key("SECRET_KEY", environ, env, instance),
        data_key=_key("DATA_KEY", environ, env, instance),
        env=env,
        host=host,
        port=port,
        workers=_number("WORKERS", environ, 2, _WORKERS),
        instance=instance,
        routing_url=environ.get(PREFIX + "ROUTING_URL", ""),
        public_url=environ.get(PREFIX + "PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        publisher=environ.get(PREFIX + "PUBLISHER", "Resource Hub"),
        exit_url=environ.get(PREFIX + "EXIT_URL", Settings.exit_url),
        directions_url=environ.get(PREFIX + "DIRECTIONS_URL", Settings.directions_url),
        tiles_url=environ.get(PREFIX + "TILES_URL", ""),
        tiles_credit=environ.get(PREFIX + "TILES_CREDIT", ""),
        geocoder=environ.get(PREFIX + "GEOCODER", "").lower(),
        geocoder_domain=environ.get(PREFIX + "GEOCODER_DOMAIN", ""),
        geocoder_user_agent=environ.get(PREFIX + "GEOCODER_USER_AGENT", "resource-hub"),
        geocoder_key=environ.get(PREFIX + "GEOCODER_KEY", ""),
        geocoder_delay=_number("GEOCODER_DELAY", environ, 1, _DELAYS),
        smtp_url=environ.get(PREFIX + "SMTP_URL", ""),
        mail_from=environ.get(PREFIX + "MAIL_FROM", ""),
        sms_url=environ.get(PREFIX + "SMS_URL", ""),
        sms_token=environ.get(PREFIX + "SMS_TOKEN", ""),
    )
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise _bad("DATABASE_URL", "starts with neither `sqlite:///` nor `postgresql+psycopg://`")
    if len(settings.secret_key) < _MIN_SECRET:
        raise _bad("SECRET_KEY", f"has fewer than {_MIN_SECRET} characters")
    if not settings.public_url.startswith(("http://", "https://")):
        raise _bad("PUBLIC_URL", "starts with neither `http://` nor `https://`")
    if settings.routing_url and not settings.routing_url.startswith(("http://", "https://")):
        raise _bad("ROUTING_URL", "starts with neither `http://` nor `https://`")
    _check_ways_out(settings)
    _check_geocoder(settings)
    _check_notices(settings)
    try:
        settings.vault()
    except ValueError as error:
        raise _bad("DATA_KEY", f"is wrong: {error}; several keys are separated by commas, newest first") from error


def _check_ways_out(settings: Settings) -> None:
    if not settings.exit_url.startswith("https://"):
        raise _bad("EXIT_URL", "does not start with `https://`")
    if not settings.directions_url.startswith(("https://", "geo:")) or "{place}" not in settings.directions_url:
        raise _bad("DIRECTIONS_URL", "does not start with `https://` or `geo:`, or has no `{place}` in it")
    if settings.tiles_url and not _TILES.fullmatch(settings.tiles_url):
        raise _bad("TILES_URL", "is not like `https://tiles.example.org/{z}/{x}/{y}.png`")


def _check_geocoder(settings: Settings) -> None:
    if settings.geocoder and settings.geocoder not in GEOCODERS:
        raise _bad("GEOCODER", f"is none of {', '.join(sorted(GEOCODERS))}; empty means that nobody is asked")
    if settings.geocoder in _WITH_KEY and not settings.geocoder_key:
        raise _bad("GEOCODER_KEY", f"is not set, and {settings.geocoder} does not answer without it")
    if settings.geocoder == "pelias" and not settings.geocoder_domain:
        raise _bad("GEOCODER_DOMAIN", "is not set, and pelias has no server of its own")


def _check_notices(settings: Settings) -> None:
    if settings.smtp_url and not _is_mail_server(settings.smtp_url):
        raise _bad("SMTP_URL", "is not like `smtps://USER:PASSWORD@HOST:PORT` or `smtp://…`")
    if settings.smtp_url and not _MAIL_FROM.fullmatch(settings.mail_from):
        raise _bad("MAIL_FROM", "is not like `Name <name@example.org>`, and mail needs a sender")
    if settings.sms_url and not settings.sms_url.startswith("https://"):
        raise _bad("SMS_URL", "does not start with `https://`")


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _key(name: str, environ: Mapping[str, str], env: str, instance: Path) -> str:
    given = environ.get(PREFIX + name)
    if given:
        return given
    if env == "production":
        raise _bad(name, "is not set, and production does not start without it")
    file = instance / name.lower()
    instance.mkdir(parents=True, exist_ok=True)
    # Whoever comes second takes the first one's: a data key that is written over takes the people's data with it.
    with suppress(FileExistsError):
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(new_key() if name == "DATA_KEY" else secrets.token_urlsafe(_MIN_SECRET), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _number(name: str, environ: Mapping[str, str], default: int, allowed: range) -> int:
    text = environ.get(PREFIX + name, str(default))
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) not in allowed:
        raise _bad(name, f"is not a whole number from {allowed.start} to {allowed.stop - 1}")
    return int(text)


def _bad(name: str, what: str) -> BadSetting:
    return BadSetting(f"The setting {PREFIX}{name} {what}.")
