"""What templates may use beside their arguments: assets, dates in the reader's words, form parts."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date, format_time
from flask import Flask, url_for
from flask_babel import get_locale
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context

from resource_hub.accounts.values import Role
from resource_hub.core.clock import local
from resource_hub.core.codes import FACTS, NEEDS, FactValue, months_of, values_of
from resource_hub.core.language import marked as _
from resource_hub.core.paths import PACKAGE
from resource_hub.matching.phrases import times
from resource_hub.people.rules.reach import shown_phone
from resource_hub.people.values import SHAREABLE_FIELDS
from resource_hub.web.shared.hub import current_actor, current_hub
from resource_hub.web.shared.language import current_language, current_translate, say_in
from resource_hub.web.shared.said import hours_in_words
from resource_hub.web.shared.words import words

STATIC = PACKAGE / "web" / "shared" / "static"

_DOMAINS = {"substance-use": _("Alcohol, tobacco or drugs"), "mental-health": _("Mind and mood")}

HOMES = {
    Role.COORDINATOR: "/desk/",
    Role.SOCIAL_WORKER: "/desk/",
    Role.PARTNER: "/partner/",
    Role.STEWARD: "/steward/",
    Role.ADMIN: "/steward/",
    Role.PROGRAMME_LEAD: "/steward/",
}


def register_templates(app: Flask) -> None:
    """Give the templates their helpers; an unknown name is an error, never an empty place."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    said = (age, day, fact_name, fact_value, language_name, moment, need_name, rule_value, shared_field, weekday, words)
    filters: dict[str, Callable[..., str]] = {function.__name__: function for function in said}
    filters |= {"hours": hours_in_words, "phone_number": shown_phone, "telephone": telephone}
    app.jinja_env.filters.update({name: _while_rendering(function) for name, function in filters.items()})
    app.jinja_env.globals.update(
        asset=asset, build=build, directions=directions, exit_url=exit_url, new_key=_new_key, homes=HOMES
    )

    @app.context_processor
    def _context() -> dict[str, object]:
        language = current_language()
        return {"_": say_in(language), "actor": current_actor(), "language": language}


def _while_rendering(function: Callable[..., str]) -> Callable[..., str]:
    # Asking for the context keeps Jinja from computing `"code" | words("kind")` once, in the first reader's language.
    @pass_context
    def asked(_context: Context, *values: object) -> str:
        return function(*values)

    return asked


def _new_key() -> str:
    return current_hub().new_id()


def asset(name: str) -> str:
    """Return the address of a built file; it changes with its content, so that browsers may keep it for ever."""
    return url_for("static", filename=f"build/{name}", v=_fingerprint(name))


def build() -> str:
    """Return what changes with every build of the styles or scripts."""
    return "".join(_fingerprint(name)[:4] for name in ("site.css", "site.js", "portal.js"))


def exit_url() -> str:
    """Return where somebody goes who has to leave at once."""
    return current_hub().settings.exit_url


def directions(place: str) -> str:
    """Return the address of a map of a place; it is asked only when somebody follows it."""
    return current_hub().settings.directions_url.replace("{place}", quote(place, safe=""))


def need_name(code: str) -> str:
    """Return a need, or a domain of a screening that is no need, in plain words."""
    return current_translate()(NEEDS.get(code) or _DOMAINS.get(code) or NEEDS["sdoh-category-unspecified"])


def fact_name(name: str) -> str:
    """Return a fact in plain words."""
    return current_translate()(FACTS[name].label) if name in FACTS else name


def fact_value(value: FactValue, name: str) -> str:
    """Return the value of a fact in plain words; an age between two whole numbers is said as both."""
    translate = current_translate()
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if isinstance(value, float | int):
        return _number_in_words(value, name)
    return ", ".join(words(str(one), "answer") for one in values_of(value))


def rule_value(value: object, name: str = "") -> str:
    """Return the value of a rule of eligibility in plain words."""
    values = value if isinstance(value, list | tuple) else [value]
    known = (bool, int, float, str)
    return ", ".join(fact_value(one, name) if isinstance(one, known) else str(one) for one in values)


def _number_in_words(value: float, name: str) -> str:
    translate = current_translate()
    if name == "age" and (months := months_of(value)) is not None:
        return translate("%(count)s months", count=months)
    if name == "age" and value % 1:
        return translate("%(low)s or %(high)s", low=int(value), high=int(value) + 1)
    unit = FACTS[name].unit if name in FACTS else ""
    return f"${value:,.0f}" if unit == "$" else f"{value:.10g} {unit}".strip()


def shared_field(name: str) -> str:
    """Return a field that a consent covers in plain words."""
    return current_translate()(SHAREABLE_FIELDS.get(name, name))


def day(value: date | None, style: str = "medium") -> str:
    """Return a date in the reader's words."""
    return _day(value, style, _tag()) if value else ""


def age(days: int) -> str:
    """Return how long ago so many days are, in the reader's words."""
    return times.age(max(days, 0), current_translate())


def moment(value: datetime | None, zone: str) -> str:
    """Return an instant on the wall clock of a zone, to the minute, in the reader's words."""
    if value is None:
        return ""
    shown, tag = local(value, zone), _tag()
    return f"{_day(shown.date(), 'medium', tag)}, {_clock(shown.time(), tag)}"


def weekday(number: int) -> str:
    """Return the name of a weekday (0 is Monday) in the reader's words."""
    return str(Locale.parse(str(get_locale() or "en")).days["stand-alone"]["wide"][number])


def language_name(tag: str) -> str:
    """Return the name of a language in the reader's words; the tag where it has none."""
    return str((get_locale() or Locale("en")).languages.get(tag.partition("-")[0], tag))


def telephone(number: str) -> str:
    """Return a number as a link dials it."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"tel:{digits}"


def _tag() -> str:
    return str(get_locale() or "en")


# A page says the same few days and times many times, and Babel reads its pattern anew each time.
@lru_cache(maxsize=4096)
def _day(value: date, style: str, tag: str) -> str:
    return format_date(value, style, locale=tag)


@lru_cache(maxsize=4096)
def _clock(value: time, tag: str) -> str:
    return format_time(value, "short", locale=tag)


@cache
def _fingerprint(name: str) -> str:
    file = STATIC / "build" / name
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "none"
