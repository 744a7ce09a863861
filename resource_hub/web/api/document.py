"""What the API takes and answers, for programs (OpenAPI) and for people."""

from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from resource_hub.core.codes import FACTS, NEEDS, FactKind
from resource_hub.matching.values import TravelMode
from resource_hub.web.shared.guards import PUBLIC, guarded

blueprint = Blueprint("api_document", __name__, url_prefix="/api/v1")

_TEXT: dict[str, Any] = {"type": "string", "maxLength": 200}


@blueprint.get("/openapi.json")
@guarded(PUBLIC)
def openapi() -> ResponseReturnValue:
    """Answer the OpenAPI document."""
    return jsonify(document())


@blueprint.get("/docs")
@guarded(PUBLIC)
def docs() -> ResponseReturnValue:
    """Show the same for people."""
    return render_template("api/docs.html", document=document())


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Resource Hub",
            "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/api/v1/match": {
                "post": _operation(
                    "match", "Rank a market's services for needs. Nothing about the person is kept.", "Wish", "Ranking"
                )
            },
            "/api/v1/find": {
                "post": _operation(
                    "find",
                    "Find services for a question in plain words. The words are not kept and not logged.",
                    "Question",
                    "Found",
                )
            },
        },
        "components": {
            "schemas": {
                "Wish": _wish(),
                "Ranking": _ranking(),
                "Question": _question(),
                "Found": _found(),
                "Problem": _problem(),
            }
        },
    }


def _operation(name: str, summary: str, takes: str, answers: str) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{takes}"}}},
        },
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{answers}"}}},
            },
            "400": {"description": "The body is not JSON.", "content": problem},
            "404": {"description": "There is no such market.", "content": problem},
            "415": {"description": "The body is not declared as JSON.", "content": problem},
            "422": {"description": "A field is wrong; `errors` says which and how to mend it.", "content": problem},
        },
    }


def _wish() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["market", "needs"],
        "properties": {
            "market": _TEXT | {"description": "The market's slug."},
            "needs": {"type": "array", "minItems": 1, "maxItems": 24, "items": {"enum": list(NEEDS)}},
            "near": _TEXT | {"description": 'A ZIP Code, or "LAT,LON". Without it distance plays no part.'},
            "facts": {"type": "object", "properties": {name: _fact(name) for name in FACTS}},
            "language": _TEXT | {"description": "A language tag (BCP 47)."},
            "by": {"enum": list(TravelMode)},
            "max_km": {"type": "number", "exclusiveMinimum": 0},
            "at": _TEXT | {"description": "A time (ISO 8601); without an offset it is the market's."},
            "needed_by": _TEXT | {"description": "When help is needed, where that is later than `at` (ISO 8601)."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10},
            "seed": {
                "type": "integer",
                "default": 0,
                "description": "Draws the order of equals; 0 leaves near-equals by score.",
            },
            "show_excluded": {"type": "boolean", "default": False},
            "prices": {
                "type": "boolean",
                "default": True,
                "description": "False ranks as if scarce places had no price.",
            },
        },
    }


def _question() -> dict[str, Any]:
    asked = {name: schema for name, schema in _wish()["properties"].items() if name not in {"needs", "show_excluded"}}
    words = "What is looked for, in English or Spanish, misspelt or not; 200 characters when made even."
    return {
        "type": "object",
        "required": ["market", "query"],
        "properties": {"query": {"type": "string", "description": words}} | asked,
    }


def _found() -> dict[str, Any]:
    need = {"type": "object", "properties": {"code": {"enum": list(NEEDS)}, "weight": {"type": "number"}}}
    line = {"type": "object", "properties": {name: {"type": "string"} for name in ("name", "phone", "text")}}
    return {
        "type": "object",
        "required": ["query", "corrected", "needs", "safety", "matches"],
        "properties": {
            "query": {"type": "string"},
            "corrected": {"type": "string", "description": "The words as they were looked for."},
            "needs": {"type": "array", "items": need},
            "safety": {
                "type": ["object", "null"],
                "description": "The rule that spoke, and the help to show before anything else.",
                "properties": {"rule": {"type": "string"}, "help": {"type": "array", "items": line}},
            },
            "matches": {"type": "array", "description": "As in a ranking.", "items": {"type": "object"}},
        },
    }


def _fact(name: str) -> dict[str, Any]:
    fact = FACTS[name]
    if fact.name == "age":
        months = {"type": "string", "pattern": "^[0-9]+ ?(m|months?)$", "description": "In months, like 7 months."}
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": fact.largest}, months]}
    if fact.kind is FactKind.NUMBER:
        return {"type": "number", "minimum": 0, "maximum": fact.largest}
    if fact.kind is FactKind.YES_NO:
        return {"type": "boolean"}
    if fact.kind is FactKind.CHOICE:
        one = {"enum": list(fact.choices)}
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]} if fact.several else one
    return {"type": "string", "pattern": "^[0-9]{5}$"}


def _ranking() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["policy", "market", "at", "considered", "matches", "excluded_counts"],
        "properties": {
            "policy": {"type": "string", "description": "The version of the weights and half-lives."},
            "market": {"type": "string"},
            "at": {"type": "string", "format": "date-time"},
            "considered": {"type": "integer"},
            "matches": {
                "type": "array",
                "description": "The best first. `score` is the product of the factors' values less `price`.",
                "items": {"type": "object"},
            },
            "excluded_counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "excluded": {"type": "array", "items": {"type": "object"}},
            "baskets": {
                "type": "array",
                "description": "With two to five needs: the best ways to cover all of them together.",
                "items": {"type": "object"},
            },
        },
    }


def _problem() -> dict[str, Any]:
    names = ("type", "title", "code", "detail", "incident")
    return {
        "type": "object",
        "required": [*names, "status"],
        "properties": {name: {"type": "string"} for name in names}
        | {"status": {"type": "integer"}, "errors": {"type": "array", "items": {"type": "object"}}},
    }
