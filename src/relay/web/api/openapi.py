"""The documentation of the API for programs (OpenAPI 3.1), made of the table that the routes are made of."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec

from relay.core.programs.token import Scope
from relay.web.api import shapes
from relay.web.api.operation import Operation, Parameter
from relay.web.api.problem import MEDIA_TYPE

ROOT = "/api/v1"
_ABOUT = """\
The API of relay, for programs: it does what the editors' page does, but for judging. No token approves, refuses, \
holds or recalls anything; what a program writes waits for a person. Made by `relay token add`, a token goes into \
`Authorization: Bearer`. Fields and parameters that are not named here are refused."""
_ALWAYS = (400, 401, 403, 429)
_OF_BODIES = (408, 413, 415, 422)
_TAGGED = frozenset({"crosspost", "edit", "resubmit", "plan", "describe"})
_SAID = {429: "Retry-After", 401: "WWW-Authenticate"}


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole document."""
    kinds = [kind for one in operations for kind in (one.gives, one.takes) if kind is not None]
    named, schemas = _schemas([*dict.fromkeys(kinds), shapes.Problem])
    closed = {kind.__name__ for one in operations if (kind := one.takes)}
    for name in closed:
        schemas[name]["additionalProperties"] = False
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(f"{ROOT}{one.path}", {})[one.method.lower()] = _operation(one, named)
    return {
        "openapi": "3.1.0",
        "info": {"title": "relay", "version": version("relay"), "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _schemas(kinds: Sequence[Any]) -> tuple[dict[Any, Any], dict[str, Any]]:
    found, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    for schema in schemas.values():
        if "description" in schema:
            schema["description"] = schema["description"].replace("``", "`")
    return dict(zip(kinds, found, strict=True)), schemas


def _operation(one: Operation, named: dict[Any, Any]) -> dict[str, Any]:
    opens = f"Scope: `{one.scope}`." if one.scope else "Any token."
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"{one.about} {opens}",
        "parameters": [*_places(one.path), *map(_parameter, one.asks)],
        "security": [{"token": [str(one.scope)] if one.scope else []}],
        "responses": _responses(one, named),
    }
    if one.takes:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": named[one.takes]}}}
    if 412 in one.fails:
        found["parameters"].append(_HEADER)
    return found


_HEADER = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` of the cross-post as it was read.",
    "schema": {"type": "string"},
}


def _places(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", path)
    return [{"name": name, "in": "path", "required": True, "schema": _PLACES[name]} for name in names]


_PLACES: dict[str, Any] = {"id": {"type": "integer"}, "source": {"type": "string"}, "action": {"type": "string"}}


def _parameter(one: Parameter) -> dict[str, Any]:
    return {"name": one.name, "in": "query", "description": one.about, "schema": dict(one.schema)}


def _responses(one: Operation, named: dict[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if one.gives is not None:
        status = "201" if one.scope is Scope.STOP else "200"
        found[status] = {"description": one.summary, "content": {"application/json": {"schema": named[one.gives]}}}
        if one.name in _TAGGED:
            found[status]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    for status_ in sorted({*_ALWAYS, *one.fails, *(_OF_BODIES if one.takes else ())}):
        found[str(status_)] = _problem(status_, named)
    return found


def _problem(status: int, named: dict[Any, Any]) -> dict[str, Any]:
    schema = {"content": {MEDIA_TYPE: {"schema": named[shapes.Problem]}}}
    told = {"headers": {_SAID[status]: {"schema": {"type": "string"}}}} if status in _SAID else {}
    return {"description": HTTPStatus(status).phrase, **schema, **told}
