"""The sample sources: an agency with an RSS feed and a town with an Atom feed, their articles, and a button each.

The button publishes one more entry, so that fresh news can be seen to flow. What they say is invented.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from relay.demo.conditional import answer
from relay.demo.newsroom import Newsroom, staffed
from relay.demo.pages import HTML, TEMPLATES, ZONE, file
from relay.demo.serving import LOOPBACK, Running, run
from relay.publish.labels import labels

Clock = Callable[[], datetime]

AGENCY, TOWN = "/agence", "/ville"
AGENCY_FEED, TOWN_FEED = "/agence/flux.rss", "/ville/flux.atom"
"""Where they are on the server; under ``AGENCY`` and ``TOWN`` is the page with the button."""

_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a source calls itself, and how it publishes."""

    folder: str
    name: str
    tagline: str
    feed: str
    template: str
    media_type: str


_MASTHEADS = {
    AGENCY: Masthead(
        folder="agency",
        name="CGET – Actualités",
        tagline="L’égalité des territoires, jour après jour",
        feed=AGENCY_FEED,
        template="agency.rss.j2",
        media_type="application/rss+xml",
    ),
    TOWN: Masthead(
        folder="town",
        name="Ville de Vaubrune",
        tagline="Les brèves de la mairie",
        feed=TOWN_FEED,
        template="town.atom.j2",
        media_type="application/atom+xml",
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source at work."""

    masthead: Masthead
    room: Newsroom
    clock: Clock


def serve(start: datetime, clock: Clock | None = None, listen: tuple[str, int] = LOOPBACK) -> Running:
    """Serve both sources. Entries are dated from ``start``, those published later by ``clock`` (or ``start`` again).

    Pages and feeds are the same bytes from one publication to the next.
    """
    return run(lambda url: _application(url, start, clock or (lambda: start)), listen)


def _application(url: str, start: datetime, clock: Clock) -> Starlette:
    sources = {
        path: Source(masthead, staffed(masthead.folder, url, url + path, start), clock)
        for path, masthead in _MASTHEADS.items()
    }
    return Starlette(
        routes=[
            Route("/", partial(_home, tuple(sources.values()))),
            Route("/images/{name}", partial(_file, "content/pictures")),
            Route("/static/{name}", partial(_file, "static")),
            Route("/pixel.gif", _pixel),
            *(Mount(path, routes=_routes(source)) for path, source in sources.items()),
        ]
    )


def _routes(source: Source) -> list[Route]:
    return [
        Route("/", partial(_index, source)),
        Route("/publish", partial(_publish, source), methods=["POST"]),
        Route(f"/{source.masthead.feed.rpartition('/')[2]}", partial(_feed, source)),
        Route("/{slug}", partial(_article, source)),
    ]


async def _home(sources: tuple[Source, ...], request: Request) -> Response:
    return answer(request, _filled("sources.html.j2", sources=sources), HTML)


async def _index(source: Source, request: Request) -> Response:
    return answer(request, _filled("source.html.j2", source=source), HTML, source.room.updated)


async def _article(source: Source, request: Request) -> Response:
    entry = source.room.entry(request.path_params["slug"])
    if not entry:
        return _missing()
    return answer(request, _filled("article.html.j2", source=source, entry=entry), HTML, entry.updated)


async def _feed(source: Source, request: Request) -> Response:
    media_type = f"{source.masthead.media_type}; charset=utf-8"
    return answer(request, _filled(source.masthead.template, source=source), media_type, source.room.updated)


async def _publish(source: Source, _: Request) -> Response:
    source.room.publish(source.clock())
    return RedirectResponse(f"{source.room.site}/", status_code=303)


async def _file(folder: str, request: Request) -> Response:
    found = file(folder, request.path_params["name"])
    return answer(request, *found) if found else _missing()


async def _pixel(request: Request) -> Response:
    return answer(request, _PIXEL, "image/gif")


def _missing() -> Response:
    return PlainTextResponse("Cette page n’existe pas.", status_code=404)


def _day(moment: datetime) -> str:
    return labels("fr").day(moment.astimezone(ZONE))


def _filled(template: str, **values: object) -> bytes:
    return (TEMPLATES.get_template(template).render(day=_day, **values) + "\n").encode()
