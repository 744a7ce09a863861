"""The only place where everything meets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_wtf.csrf import CSRFProtect

from resource_hub import tables
from resource_hub.capacity.service import ROOM_CHANGED
from resource_hub.core.clock import Clock, utc_now
from resource_hub.core.db import Database
from resource_hub.core.ids import new_id
from resource_hub.core.paths import bundled
from resource_hub.matching.index.shelf import room_changed
from resource_hub.matching.routing import Router
from resource_hub.settings import Settings
from resource_hub.web.alone import routes as alone
from resource_hub.web.api import routes as api
from resource_hub.web.desk import routes as desk
from resource_hub.web.dev import routes as dev
from resource_hub.web.partner import routes as partner
from resource_hub.web.portal import routes as portal
from resource_hub.web.shared import health, language, sign_in
from resource_hub.web.shared.compression import register_compression
from resource_hub.web.shared.errors import register_errors
from resource_hub.web.shared.guards import PUBLIC, check_policies, declare
from resource_hub.web.shared.headers import register_headers
from resource_hub.web.shared.hub import EXTENSION, Hub
from resource_hub.web.shared.limits import register_limits
from resource_hub.web.shared.logs import register_logging
from resource_hub.web.shared.static_files import register_static_files
from resource_hub.web.shared.templates import STATIC, register_templates
from resource_hub.web.steward import routes as steward

TABLES = tables.MODELS

LARGEST_REQUEST = 2 * 1024 * 1024
SIGNED_IN_FOR = timedelta(hours=8)

# Anonymous: nothing is signed in that another site could act for, and no cookie is needed to use them.
ANONYMOUS = (*portal.BLUEPRINTS, *api.BLUEPRINTS, *partner.BY_LINK)
ALONE = alone.BLUEPRINTS
STAFF = (*desk.BLUEPRINTS, *partner.BLUEPRINTS, *steward.BLUEPRINTS)


class _Json(DefaultJSONProvider):
    """Documents keep the order in which they are written; one that is nested without end cannot be read."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a document; refuses with ValueError, as the readers of requests expect it."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            message = "nested too deeply"
            raise ValueError(message) from error


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    clock: Clock = utc_now,
    ids: Callable[[], str] = new_id,
) -> Flask:
    """Make the application; refuses when a route declares no policy."""
    app = Flask("resource_hub", static_folder=str(STATIC), template_folder=str(bundled("templates")))
    app.config.update(_configuration(settings))
    app.extensions[EXTENSION] = make_hub(settings, database, clock, ids)
    app.json = _Json(app)
    register_logging(app)
    register_headers(app, production=settings.production, tiles_url=settings.tiles_url)
    language.register_language(app)
    register_templates(app)
    register_errors(app)
    register_limits(app)
    register_compression(app, {blueprint.name for blueprint in portal.BLUEPRINTS})
    csrf = CSRFProtect(app)
    csrf.exempt(language.blueprint)
    for_developers = () if settings.production else dev.BLUEPRINTS
    for blueprint in (health.blueprint, sign_in.blueprint, *STAFF, *ALONE, *ANONYMOUS, *for_developers):
        app.register_blueprint(blueprint)
    for blueprint in ANONYMOUS:
        csrf.exempt(blueprint)
    register_static_files(app)
    declare(app.view_functions["static"], PUBLIC)
    check_policies(app)
    return app


def make_hub(settings: Settings, database: Database | None, clock: Clock, ids: Callable[[], str] = new_id) -> Hub:
    """Put together what requests share: the settings' database, unless another is given."""
    database = database or Database.from_url(settings.database_url, settings.instance / "index")
    database.listen(ROOM_CHANGED, room_changed)
    router = Router(settings.routing_url) if settings.routing_url else None
    return Hub(settings, database, settings.vault(), clock, ids, router)


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.production,
        "WTF_CSRF_TIME_LIMIT": int(SIGNED_IN_FOR.total_seconds()),
    }
