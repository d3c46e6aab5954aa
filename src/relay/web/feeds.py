"""The outgoing feeds over HTTP, for subscribers: no sign-in, no cookie, no script."""

from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.feed import OutgoingFeed
from relay.publish import opml
from relay.publish.places import PLACES, Place, is_steady
from relay.web import documents, hub, security
from relay.web.office import Office
from relay.web.pages import page
from relay.web.serving import moved, negotiation
from relay.web.serving.answer import Found, answer
from relay.web.serving.ready import Ready
from relay.web.serving.shelf import Beside

_LISTED = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"
_PAGES = frozenset({".html", ".css"})
_PAGE = PLACES["html"]
_FEEDS = frozenset(place.media_type for place in PLACES.values() if place is not _PAGE)
_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=~%"
_NEGOTIABLE = frozenset({"", *(place.path for place in PLACES.values() if place is not _PAGE)})
"""The addresses where the answer depends on what its reader accepts."""


def listing(request: Request) -> Response:
    """Every feed that is published, with its formats."""
    office: Office = request.app.state.office
    found = [(feed, _places(office, feed)) for feed in office.desk.feeds]
    shown = [(feed, places) for feed, places in found if places]
    return page(request, "feeds.html.j2", feeds=shown, readers=hub.readers(request))


def folder(request: Request) -> Response:
    """The page of a feed stands at the address of its folder, where relative links work."""
    feed = _feed(request)
    if feed is None:
        return _elsewhere(request, "")
    return RedirectResponse(f"/feeds/{feed.id}/", 308, {**_kept(request, feed), **_links(feed, "")})


def list_of(request: Request) -> Response:
    """The list of all feeds, or of all sources (OPML)."""
    office: Office = request.app.state.office
    name = f"{request.path_params['name']}.opml"
    if name not in {opml.FEEDS, opml.SOURCES}:
        raise HTTPException(404)
    file = documents.find(office.feeds, name)
    headers = {"Content-Security-Policy": security.FEED}
    return answer(request, request.app.state.stock, Found(file, ready(request, file), headers, _LISTED))


def document(request: Request) -> Response:
    """One document of a feed: the one at the address, or its twin of the type that the reader would rather have."""
    office: Office = request.app.state.office
    path: str = request.path_params["path"]
    feed = _feed(request)
    if feed is None:
        return _elsewhere(request, path)
    within, name = path[: path.rfind("/") + 1], path.rpartition("/")[2]
    has_choice = _has_choice(request, name)
    there = _places(office, feed, within) if has_choice else []
    chosen = within + (_chosen(request, there, name) if has_choice else name)
    file = documents.find(office.feeds / feed.id, chosen)
    headers = _links(feed, within if chosen == within + _PAGE.path else chosen) | {
        "Content-Security-Policy": _policy(file)
    }
    if chosen != path:
        headers["Content-Location"] = f"/feeds/{feed.id}/{chosen}"
    cache = _FOR_EVER if is_steady(chosen) else _kept(request, feed)["Cache-Control"]
    vary = ("Accept",) if name in _NEGOTIABLE else ()
    found = Found(file, ready(request, file), headers, cache, vary, is_steady(chosen))
    request.app.state.shelf.put(request.scope, found, feed, _beside(office, feed, within, there) if has_choice else ())
    return answer(request, request.app.state.stock, found)


def ready(request: Request, file: Path) -> Ready:
    """The document of a file; 404 where it has just gone."""
    try:
        found: Ready = request.app.state.stock.ready(file, documents.media_type(file) or "")
    except FileNotFoundError as error:
        raise HTTPException(404) from error
    return found


def _feed(request: Request) -> OutgoingFeed | None:
    """The feed that is asked for; what left the configuration is not served."""
    office: Office = request.app.state.office
    return next((feed for feed in office.desk.feeds if feed.id == request.path_params["feed"]), None)


def _elsewhere(request: Request, path: str) -> Response:
    """Where a name that is no feed's leads to."""
    office: Office = request.app.state.office
    name: str = request.path_params["feed"]
    response = moved.answer(name, path, office.desk.feeds, office.retired, office.clock().date())
    if response is None:
        raise HTTPException(404)
    return response


def _has_choice(request: Request, name: str) -> bool:
    """Whether it matters what else is there: a folder stands for all formats, and a feed for the page, for browsers."""
    own = next((place for place in PLACES.values() if name == place.path and place is not _PAGE), None)
    accepted = request.headers.get("accept")
    return not name or (own is not None and negotiation.is_browser(accepted, own.media_type, _FEEDS))


def _chosen(request: Request, there: list[Place], name: str) -> str:
    """The document for an address of which ``_has_choice`` is true."""
    pages = [place for place in there if place is _PAGE]
    if not name and there:
        ordered = pages + [place for place in there if place is not _PAGE]
        wanted = negotiation.media_type(request.headers.get("accept"), [place.media_type for place in ordered])
        return next(place.path for place in ordered if place.media_type == wanted)
    return _PAGE.path if pages and any(place.path == name for place in there) else name


def _policy(file: Path) -> str:
    return security.PUBLISHED if file.suffix in _PAGES else security.FEED


def _kept(request: Request, feed: OutgoingFeed) -> dict[str, str]:
    return {"Cache-Control": f"public, max-age={request.app.state.freshness.seconds(feed)}"}


def _links(feed: OutgoingFeed, path: str) -> dict[str, str]:
    """Where the document lives, as it says itself; hubs for what can be subscribed to (WebSub §4)."""
    hubs = [f'<{_written(hub)}>; rel="hub"' for hub in feed.hubs] if path and path in _NEGOTIABLE else []
    return {"Link": ", ".join([*hubs, f'<{_written(feed.link)}{quote(path)}>; rel="self"'])}


def _written(address: str) -> str:
    """An address of the configuration as a header takes it: in ASCII (RFC 3986), and without the sign that ends it."""
    return quote(address, safe=_OF_ADDRESSES)


def _beside(office: Office, feed: OutgoingFeed, within: str, there: list[Place]) -> Beside:
    """What ``_places`` looked for, and whether it was there."""
    folder = office.feeds / feed.id / within
    names = PLACES.keys() if within else feed.formats
    return tuple((folder / PLACES[name].path, PLACES[name] in there) for name in names)


def _places(office: Office, feed: OutgoingFeed, within: str = "") -> list[Place]:
    """The documents that are there, in the feed's folder or in that of a feed made of it (``source/cget/``)."""
    folder = office.feeds / feed.id
    if within:
        return [place for place in PLACES.values() if documents.is_there(folder, within + place.path)]
    return [place for place in (PLACES[name] for name in feed.formats) if (folder / place.path).is_file()]
