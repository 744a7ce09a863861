"""The addresses of the HSDS API."""

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from resource_hub.core.errors import NotFound
from resource_hub.core.ids import is_uuid
from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.writing.shapes import Shape
from resource_hub.web.api.hsds import kinds
from resource_hub.web.api.hsds.answers import answer, opened
from resource_hub.web.api.hsds.document import document
from resource_hub.web.api.hsds.lists import list_of, one_of, survivor_of
from resource_hub.web.api.hsds.parameters import Parameters
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub

PROFILE = "https://docs.openreferral.org/"

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")
blueprint.after_request(opened)


@blueprint.get("/")
@guarded(PUBLIC)
def about() -> ResponseReturnValue:
    """Say whose directory this is, and how it can be read."""
    return jsonify(
        publisher=current_hub().settings.publisher,
        version=standard.VERSION,
        profile=PROFILE,
        openapi_url=url_for("hsds.openapi", _external=True),
    )


@blueprint.get("/openapi.json")
@guarded(PUBLIC)
def openapi() -> ResponseReturnValue:
    """Answer the OpenAPI document."""
    return jsonify(document())


@blueprint.route("/services", methods=["GET", "POST"])
@guarded(PUBLIC, writes=False)
def services() -> ResponseReturnValue:
    """List services."""
    return list_of(kinds.SERVICES)


@blueprint.route("/organizations", methods=["GET", "POST"])
@guarded(PUBLIC, writes=False)
def organizations() -> ResponseReturnValue:
    """List organizations."""
    return list_of(kinds.ORGANIZATIONS)


@blueprint.route("/service_at_locations", methods=["GET", "POST"])
@guarded(PUBLIC, writes=False)
def service_at_locations() -> ResponseReturnValue:
    """List services at locations."""
    return list_of(kinds.SERVICE_AT_LOCATIONS)


@blueprint.route("/taxonomies", methods=["GET", "POST"])
@guarded(PUBLIC, writes=False)
def taxonomies() -> ResponseReturnValue:
    """List taxonomies."""
    return list_of(kinds.TAXONOMIES)


@blueprint.route("/taxonomy_terms", methods=["GET", "POST"])
@guarded(PUBLIC, writes=False)
def taxonomy_terms() -> ResponseReturnValue:
    """List terms of taxonomies."""
    return list_of(kinds.TAXONOMY_TERMS)


@blueprint.get("/services/<record_id>")
@guarded(PUBLIC)
def service(record_id: str) -> ResponseReturnValue:
    """Answer one service, whole."""
    return _one(kinds.SERVICES, record_id)


@blueprint.get("/organizations/<record_id>")
@guarded(PUBLIC)
def organization(record_id: str) -> ResponseReturnValue:
    """Answer one organization, whole, with its services: named, or with `full_service` whole too."""
    full_service = Parameters(("full_service",)).yes("full_service")
    return _one(kinds.ORGANIZATIONS, record_id, Shape.FULL_SERVICE if full_service else Shape.FULL)


@blueprint.get("/service_at_locations/<record_id>")
@guarded(PUBLIC)
def service_at_location(record_id: str) -> ResponseReturnValue:
    """Answer one service at a location, whole."""
    return _one(kinds.SERVICE_AT_LOCATIONS, record_id)


@blueprint.get("/taxonomies/<record_id>")
@guarded(PUBLIC)
def taxonomy(record_id: str) -> ResponseReturnValue:
    """Answer one taxonomy."""
    return _one(kinds.TAXONOMIES, record_id)


@blueprint.get("/taxonomy_terms/<record_id>")
@guarded(PUBLIC)
def taxonomy_term(record_id: str) -> ResponseReturnValue:
    """Answer one term of a taxonomy."""
    return _one(kinds.TAXONOMY_TERMS, record_id)


def _one(kind: kinds.Kind, record_id: str, shape: Shape = Shape.FULL) -> ResponseReturnValue:
    found, markets = one_of(kind, record_id, shape) if is_uuid(record_id) else (None, [])
    kept = survivor_of(kind, record_id) if found is None else None
    if kept:
        return redirect(url_for(str(request.endpoint), record_id=kept), 301)
    if found is None:
        raise NotFound(f"There is no {kind.one} with this id.")
    return answer(found, markets)
