"""The OpenAPI document of the HSDS API, made of the standard's own tables."""

from collections.abc import Mapping
from typing import Any

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Field, Table
from resource_hub.exchange.hsds.writing.shapes import Shape
from resource_hub.web.api.hsds.kinds import KINDS, Kind
from resource_hub.web.api.hsds.parameters import FARTHEST_METRES, LONGEST_VALUE, MOST_PER_PAGE, PER_PAGE

_UUID = {"type": "string", "format": "uuid"}
_YES = {"type": "boolean", "default": False}
_PAGE_FIELDS = {
    "total_items": "integer",
    "total_pages": "integer",
    "page_number": "integer",
    "size": "integer",
    "first_page": "boolean",
    "last_page": "boolean",
    "empty": "boolean",
}
_MOST = "At most " + ", ".join(f"{most} when {shape.value}" for shape, most in MOST_PER_PAGE.items())
_PARAMETERS: Mapping[str, tuple[dict[str, Any], str]] = {
    "search": ({"type": "string", "maxLength": LONGEST_VALUE}, "Words that names or descriptions hold, all of them."),
    "market": ({"type": "string"}, "The slug of one market; else all are asked."),
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "A page after the last one is empty."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE[Shape.MINIMAL], "default": PER_PAGE},
        _MOST,
    ),
    "format": ({"enum": ["json", "ndjson"], "default": "json"}, "ndjson streams everything, one object in each line."),
    "taxonomy_term_id": (_UUID, "Records that carry this term."),
    "taxonomy_id": (_UUID, "Records that carry a term of this taxonomy."),
    "organization_id": (_UUID, "What this organization offers."),
    "modified_after": ({"type": "string", "format": "date-time"}, "Changed then or later, themselves or within."),
    "minimal": (_YES, "Ids, each with the moment of its last change."),
    "full": (_YES, "With all that stands inside."),
    "full_service": (_YES, "With all services, whole."),
    "postcode": (
        {"type": "string", "pattern": "^[0-9]{5}(-[0-9]{4})?$"},
        "A ZIP Code that the areas served do not leave out.",
    ),
    "proximity": (
        {"type": "number", "minimum": 0, "maximum": FARTHEST_METRES},
        "Offered within so many metres of the centre of the postcode. Confidential places are near nothing.",
    ),
    "parent_id": (_UUID, "Terms right below this one."),
    "top_only": (_YES, "Terms that have none below them."),
}


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    paths: dict[str, Any] = {
        "/hsds/": {"get": _operation("about", "Whose directory this is.", {"type": "object"}, [])},
    }
    for kind in KINDS:
        paths[f"/hsds/{kind.name}"] = {"get": _list(kind), "post": _list_by_body(kind)}
        paths[f"/hsds/{kind.name}/{{id}}"] = {"get": _one(kind)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "HSDS API", "version": standard.VERSION},
        "paths": paths,
        "components": {"schemas": {table.name: _schema(table) for table in standard.tables().values()}},
    }


def _list(kind: Kind) -> dict[str, Any]:
    return _operation(
        f"list_{kind.name}", f"A page of {kind.name}.", _page(kind), [_parameter(name) for name in kind.parameters]
    )


def _list_by_body(kind: Kind) -> dict[str, Any]:
    wishes = {name: _PARAMETERS[name][0] | {"description": _PARAMETERS[name][1]} for name in kind.parameters}
    body = {"schema": {"type": "object", "properties": wishes, "additionalProperties": False}}
    listed = _operation(f"ask_{kind.name}", f"A page of {kind.name}, asked for by a body.", _page(kind), [])
    return {**listed, "requestBody": {"content": {"application/json": body}}}


def _one(kind: Kind) -> dict[str, Any]:
    path = {"name": "id", "in": "path", "required": True, "schema": _UUID}
    more = [_parameter("full_service")] if "full_service" in kind.parameters else []
    return _operation(f"one_{kind.name}", f"One {kind.one}, whole.", _reference(kind.table), [path, *more])


def _operation(name: str, summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": schema}, "application/x-ndjson": {"schema": {}}},
            },
            "304": {"description": "Nothing has changed."},
            "400": {"description": "The body is not JSON.", "content": problem},
            "404": {"description": "There is no such record or market.", "content": problem},
            "415": {"description": "The body is not declared as JSON.", "content": problem},
            "422": {"description": "A parameter is wrong; `errors` says which.", "content": problem},
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    schema, text = _PARAMETERS[name]
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _page(kind: Kind) -> dict[str, Any]:
    fields = {name: {"type": what} for name, what in _PAGE_FIELDS.items()}
    return {
        "type": "object",
        "required": [*fields, "contents"],
        "properties": {**fields, "contents": {"type": "array", "items": {"type": "object", "title": kind.table}}},
    }


def _reference(table: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{table}"}


def _schema(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [field.name for field in table.fields.values() if field.required],
        "properties": {field.name: _field(field) for field in table.fields.values()},
    }


def _field(field: Field) -> dict[str, Any]:
    if field.type == "array":
        return {"type": "array", "items": _reference(field.of)}
    if field.type == "object":
        return _reference(field.of)
    described: dict[str, Any] = {"type": field.type}
    if field.format:
        described["format"] = field.format
    if field.values:
        described["enum"] = list(field.values)
    return described
