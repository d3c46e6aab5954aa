"""What changes while a page is open, by server-sent events (WHATWG HTML §9.2): one look a second, whoever looks on."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from relay.storage import news, sessions
from relay.storage.news import News
from relay.web import auth, queue
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import language
from relay.web.wording.said import said
from relay.web.words import speaker

TICK = 1.0
"""Seconds between two looks, of which there are none while nobody looks on."""
BEAT = 15
"""Seconds of silence after which a line says that all is well: what stands between may end what is silent."""
MOST = 4
"""Streams of one session: a browser has six connections to a host, and needs some for its pages."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look found: how far the history goes, what is new in it, and how many each tab holds."""

    mark: int
    lines: tuple[News, ...]
    counts: Mapping[str, int]


Mail = asyncio.Queue[Glance | None]
"""What a stream is told; ``None``: it is over."""


@dataclass(slots=True)
class Live:
    """The one who looks, and whom it tells. All of it lives in the loop that serves the pages."""

    office: Office
    streams: dict[int, tuple[str, Mail]] = field(default_factory=dict)
    looking: asyncio.Task[None] | None = None
    loop: asyncio.AbstractEventLoop | None = None
    is_over: bool = False

    def end(self) -> None:
        """End every stream, from any thread or signal: the process goes, and waits for none of them."""
        self.is_over = True
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._tell, None)

    def enter(self, session: str) -> Mail | None:
        """A new stream; ``None`` where the session has as many as it may, or all is over."""
        if self.is_over or sum(1 for own, _ in self.streams.values() if own == session) >= MOST:
            return None
        mail: Mail = asyncio.Queue()
        self.streams[id(mail)] = session, mail
        self.loop = asyncio.get_running_loop()
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look())
        return mail

    def leave(self, mail: Mail) -> None:
        """The stream has ended."""
        self.streams.pop(id(mail), None)

    def _tell(self, glance: Glance | None) -> None:
        for _, mail in self.streams.values():
            mail.put_nowait(glance)

    async def _look(self) -> None:
        mark = (await run_in_threadpool(glance, self.office, None)).mark
        while self.streams and not self.is_over:
            await asyncio.sleep(TICK)
            if await run_in_threadpool(_mark, self.office) > mark:
                found = await run_in_threadpool(glance, self.office, mark)
                mark = found.mark
                self._tell(found)


def glance(office: Office, since: int | None) -> Glance:
    """What is new after line ``since`` of the history; nothing where that is not known."""
    with office.db.read() as tx:
        mark = news.mark(tx)
        lines = tuple(news.since(tx, since)) if since is not None and since < mark else ()
        return Glance(mark, lines, queue.counts(tx))


def _mark(office: Office) -> int:
    with office.db.read() as tx:
        return news.mark(tx)


async def stream(request: Request) -> Response:
    """The stream of one page; 204 where there are enough, after which a browser does not ask again."""
    if not await run_in_threadpool(_is_signed_in, request):
        raise HTTPException(401)
    live: Live = request.app.state.live
    mail = live.enter(auth.session(request))
    if mail is None:
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(request, live, mail), media_type="text/event-stream", headers=headers)


async def _told(request: Request, live: Live, mail: Mail) -> AsyncIterator[str]:
    """First what was missed, then what comes; it ends with the session."""
    tongue = language(request)
    since = number(request.headers.get("last-event-id", "") or request.query_params.get("since", ""))
    silent = 0
    try:
        first = await run_in_threadpool(glance, live.office, since)
        told = first.mark
        yield "retry: 3000\n\n" + _written(first, tongue)
        while not live.is_over:
            found = await _next(mail)
            if not await run_in_threadpool(_is_signed_in, request):
                return
            silent = 0 if found else silent + 1
            if found and found.mark > told:
                told = found.mark
                yield _written(found, tongue)
            elif silent * _PATIENCE >= BEAT:
                silent = 0
                yield ": still here\n\n"
    finally:
        live.leave(mail)


_PATIENCE = 0.5
"""Seconds after which it is asked whether the session still is one."""


async def _next(mail: Mail) -> Glance | None:
    """What comes next; ``None`` after a while, or at the end."""
    try:
        return await asyncio.wait_for(mail.get(), _PATIENCE)
    except TimeoutError:
        return None


def _is_signed_in(request: Request) -> bool:
    """Asked without a trace: an open page keeps no session alive."""
    office: Office = request.app.state.office
    token = auth.session(request)
    with office.db.read() as tx:
        return bool(token) and sessions.editor(tx, token, office.clock())[0] is not None


def _written(found: Glance, tongue: str) -> str:
    """As events: what changed, each under its number, then the counts."""
    changed = [_event("changed", one.number, _line(one, tongue)) for one in found.lines]
    return "".join((*changed, _event("counts", found.mark, dict(found.counts))))


def _line(one: News, tongue: str) -> dict[str, object]:
    w = speaker(tongue)
    what, spoken = said(one.what, tongue)
    state = w(f"state.{one.state}") if one.state else ""
    return {"crosspost": one.crosspost_id, "who": one.who, "what": what, "lang": spoken, "state": state}


def _event(name: str, id: int, data: Mapping[str, object]) -> str:
    return f"event: {name}\nid: {id}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
