"""Relay's own hub over HTTP: where subscribers ask for pushes (WebSub §5.1). For no browser."""

from urllib.parse import parse_qsl

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from relay.pipeline.hub import asking
from relay.pipeline.hub.asking import Answer
from relay.pipeline.hub.served import own_hub
from relay.storage import subscribers
from relay.storage.subscribers import Readership
from relay.web.auth import editor_of
from relay.web.office import Office

LARGEST_REQUEST = 16 * 1024
"""Bytes; a request has a few hundred."""
PATIENCE = 10
"""Seconds for all of it to arrive."""
_FIELDS = 100


def readers(request: Request) -> dict[str, Readership]:
    """For editors, how many subscribe to each feed that names this hub; nothing for anybody else."""
    office: Office = request.app.state.office
    if editor_of(request) is None:
        return {}
    with office.db.read() as tx:
        found = subscribers.readership(tx)
    own = own_hub(office.desk)
    return {feed.id: found.get(feed.id, Readership()) for feed in office.desk.feeds if own in feed.hubs}


async def ask(request: Request) -> Response:
    """Take a request and answer it at once; whether it is meant is asked elsewhere."""
    office: Office = request.app.state.office
    try:
        with anyio.fail_after(PATIENCE):
            body = await request.body()
    except (TimeoutError, ClientDisconnect):
        return Response(status_code=408)
    form = _form(body)
    if form is None:
        return _response(Answer(400, "The request is no form: application/x-www-form-urlencoded, in UTF-8."))
    answer = await run_in_threadpool(asking.ask, office.db, office.desk, form, office.clock())
    if answer.status == 202:
        office.asked()
    return _response(answer)


def _form(body: bytes) -> dict[str, str] | None:
    """The fields of the form, the first of each name; ``None`` where it is none."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:
        return None
    return dict(reversed(pairs))


def _response(answer: Answer) -> Response:
    later = {"Retry-After": "60"} if answer.status == 503 else {}
    return PlainTextResponse(f"{answer.words}\n", answer.status, headers=later)
