"""From a request to a call, and from an answer to a response: what is not asked for by its name is refused."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import anyio
import anyio.from_thread
import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from relay.core.review.moving import Refusal
from relay.web import conditional
from relay.web.api import problem
from relay.web.api.bearer import let_in
from relay.web.api.operation import Answer, Call, Operation
from relay.web.api.problem import Problem

PATIENCE = 10
"""Seconds for a body to arrive."""
LARGEST = 256 * 1024
"""Bytes of a body: the longest text, escaped as clumsily as JSON allows."""


def endpoint(operation: Operation) -> Callable[[Request], Response]:
    """What answers the requests of an operation."""

    def answer(request: Request) -> Response:
        try:
            return _response(request, operation.run(_call(request, operation)))
        except (Problem, Refusal) as error:
            return problem.of_error(request, error)

    return answer


def _call(request: Request, operation: Operation) -> Call:
    program = let_in(request, operation.scope)
    query = _query(request, operation)
    body = _body(request, operation.takes) if operation.takes else None
    return Call(request.app.state.office, program, request.path_params, query, body, request.headers)


def _query(request: Request, operation: Operation) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in operation.asks}
    found: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name not in known or name in found:
            raise Problem(400, "parameter", name=name, known=", ".join(known) or "–")
        found[name] = known[name].read(text)
        if found[name] is None:
            raise Problem(400, "parameter_value", name=name, about=known[name].about)
    return found


def _body(request: Request, shape: type) -> object:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "media_type")
    try:
        value = msgspec.json.decode(anyio.from_thread.run(_read, request))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "json") from None
    known = [field.name for field in fields(shape)]
    if isinstance(value, dict) and (strange := next((name for name in value if name not in known), None)) is not None:
        raise Problem(422, "field", name=strange[:100], known=", ".join(known))
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise Problem(422, "value", why=str(error)) from None


async def _read(request: Request) -> bytes:
    body = bytearray()
    try:
        with anyio.fail_after(PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST:
                    raise Problem(413, "too_large")
    except (TimeoutError, ClientDisconnect):
        raise Problem(408, "slow") from None
    return bytes(body)


def _response(request: Request, answer: Answer) -> Response:
    etag = answer.headers.get("ETag")
    if request.method == "GET" and etag and conditional.is_current(request.headers, etag, None):
        return Response(status_code=304, headers=dict(answer.headers))
    body = msgspec.json.encode(answer.value)
    return Response(body, answer.status, headers=dict(answer.headers), media_type="application/json")
