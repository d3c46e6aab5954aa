"""The outgoing feeds over HTTP, for subscribers: no sign-in, no cookie, no script."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.feed import OutgoingFeed
from relay.publish.places import PLACES, Place
from relay.web import documents, security
from relay.web.office import Office
from relay.web.pages import page


def listing(request: Request) -> Response:
    """Every feed that is published, with its formats."""
    office: Office = request.app.state.office
    found = [(feed, _places(office, feed)) for feed in office.desk.feeds]
    return page(request, "feeds.html.j2", feeds=[(feed, places) for feed, places in found if places])


def folder(request: Request) -> Response:
    """The page of a feed stands at the address of its folder, where relative links work."""
    return RedirectResponse(f"/feeds/{_feed(request).id}/", 308, _headers(request))


def document(request: Request) -> Response:
    """One document of a feed."""
    office: Office = request.app.state.office
    path = request.path_params["path"] or PLACES["html"].path
    file = documents.find(office.feeds / _feed(request).id, path)
    policy = {} if file.suffix in {".html", ".css"} else {"Content-Security-Policy": security.FEED}
    return documents.serve(request, file, _headers(request) | policy)


def _feed(request: Request) -> OutgoingFeed:
    """The feed that is asked for; what left the configuration is not served."""
    office: Office = request.app.state.office
    for feed in office.desk.feeds:
        if feed.id == request.path_params["feed"]:
            return feed
    raise HTTPException(404)


def _headers(request: Request) -> dict[str, str]:
    office: Office = request.app.state.office
    itself = office.public_url.rstrip("/") + request.url.path
    return {
        "Cache-Control": "public, max-age=300",
        "Content-Security-Policy": security.PUBLISHED,
        "Link": f'<{itself}>; rel="self"',
    }


def _places(office: Office, feed: OutgoingFeed) -> list[Place]:
    wanted = [PLACES[name] for name in feed.formats]
    return [place for place in wanted if (office.feeds / feed.id / place.path).is_file()]
