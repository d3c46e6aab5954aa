"""Where hubs speak to relay: whether it means its subscriptions (§5.3), and what is new (§7). For no browser."""

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from relay.core.pushing.subscription import Intent
from relay.pipeline.pushing import push
from relay.pipeline.pushing.push import Arrival
from relay.web.office import Office

LARGEST_PUSH = 10 * 1024 * 1024
"""Bytes: as much as of a document that is polled."""

PATIENCE = 20
"""Seconds for all of it to arrive."""

_ANSWERS = {Arrival.TAKEN: 202, Arrival.IGNORED: 202, Arrival.UNKNOWN: 410, Arrival.FULL: 503}
"""410 ends a subscription at the hub (§7); to a push that is not believed a hub is not told so (§7.1.2)."""


def verify(request: Request) -> Response:
    """The challenge back to a hub that asks about what relay has asked for; 404 to any other."""
    office: Office = request.app.state.office
    asked = request.query_params
    intent = Intent(
        mode=asked.get("hub.mode", ""),
        topic=asked.get("hub.topic", ""),
        lease=asked.get("hub.lease_seconds", ""),
        reason="".join(sign for sign in asked.get("hub.reason", "")[:200] if sign.isprintable()),
    )
    if not push.confirm(office.db, request.path_params["token"], intent, office.clock()):
        return PlainTextResponse("relay has not asked for this.\n", 404)
    return PlainTextResponse(asked.get("hub.challenge", ""))


async def take(request: Request) -> Response:
    """What a hub pushes is kept, and answered at once; it is read elsewhere.

    The one page that does not run in a thread: whoever sends slowly must not hold one of those that others need.
    """
    office: Office = request.app.state.office
    token = request.path_params["token"]
    if not await run_in_threadpool(push.is_known, office.db, token):
        return _answer(Arrival.UNKNOWN)
    try:
        with anyio.fail_after(PATIENCE):
            body = await request.body()
    except (TimeoutError, ClientDisconnect):
        return Response(status_code=408)
    content, signature = (request.headers.get("content-type"), body), request.headers.get("x-hub-signature")
    place = office.desk.keyplace
    arrival = await run_in_threadpool(push.take, office.db, token, signature, content, office.clock(), place)
    if arrival is Arrival.TAKEN:
        office.arrived()
    return _answer(arrival)


def _answer(arrival: Arrival) -> Response:
    return Response(status_code=_ANSWERS[arrival], headers={"Retry-After": "60"} if arrival is Arrival.FULL else None)
