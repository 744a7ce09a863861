"""The reader's language: chosen once and kept in a cookie, else what the browser asks for."""

import re
from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale, refresh
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from resource_hub.core.language import CATALOGUES, LANGUAGES, Translate, catalogue, translator
from resource_hub.web.shared.guards import PUBLIC, guarded

COOKIE = "language"
_YEAR = 31_536_000
# Browsers read a backslash as a slash and drop tabs, so both could lead to another site.
_OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")

blueprint = Blueprint("language", __name__)


def register_language(app: Flask) -> None:
    """Translate templates and texts into the reader's language."""
    Babel(app, default_translation_directories=str(CATALOGUES), locale_selector=_select)
    # For templates that are imported without the page's own words; a page says its hundreds of texts by `say_in`.
    vars(app.jinja_env)["install_gettext_callables"](_text, _count, newstyle=True)
    app.register_blueprint(blueprint)


@blueprint.post("/language")
@guarded(PUBLIC, writes=False)
def choose() -> ResponseReturnValue:
    """Keep the language in a cookie and go back to the page, or to the start where the page cannot be shown again."""
    chosen = request.form.get("language", "")
    back = request.form.get("back", "")
    answer = redirect(back if _OWN_PATH.fullmatch(back) else "/", 303)
    if chosen in LANGUAGES:
        secure = request.is_secure
        answer.set_cookie(COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return answer


def current_language() -> str:
    """Return the reader's language: one of `core.language.LANGUAGES`."""
    language: str | None = g.get("language")
    if language is None:
        locale = get_locale()
        language = locale.language if locale and locale.language in LANGUAGES else LANGUAGES[0]
        g.language = language
    return language


def speak(language: str) -> None:
    """Answer this request in a language: one of `core.language.LANGUAGES`."""
    g.language = language
    refresh()


def current_translate() -> Translate:
    """Return the translation into the reader's language, for texts that lower rooms make."""
    return translator(current_language())


@lru_cache(maxsize=len(LANGUAGES))
def say_in(language: str) -> Callable[..., str]:
    """Return what a page says its texts by: `_("Page %(number)s", number=3)`, in a language and safe for the page."""
    texts = catalogue(language)

    @pass_eval_context
    def say(page: EvalContext, text: str, /, **values: object) -> str:
        said = Markup(texts.ugettext(text)) if page.autoescape else texts.ugettext(text)  # noqa: S704 - our own words
        return said % values

    return say


def _text(text: str) -> str:
    return catalogue(current_language()).ugettext(text)


def _count(one: str, many: str, number: int) -> str:
    return catalogue(current_language()).ungettext(one, many, number)


def _select() -> str | None:
    chosen = g.get("language") or request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
