"""One rule for every request and every response: who may send a form, and what a page may load."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HUB = "/hub"
PROGRAMS = ("/websub/", "/feeds/", "/api/")
"""At the one and beneath the others programs post, from anywhere: no session is looked at that could be abused."""

_OWN = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
_APP = "; manifest-src 'self'; worker-src 'self'"
_PUBLISHED = "default-src 'none'; style-src 'self'; img-src https: http: data:; form-action 'none'"
_NO_FRAMES = "; base-uri 'none'; frame-ancestors 'none'"

_TRUSTED = "; require-trusted-types-for 'script'; trusted-types relay"

PAGE = _OWN + _APP + _NO_FRAMES + _TRUSTED
"""A page of ours: nothing from elsewhere, sources' pictures neither, nothing written into the page itself.

No script can make markup or code out of words (W3C Trusted Types); the one policy that there is, of static/keys.js,
knows the address of the service worker and nothing else.
"""
PUBLISHED = _PUBLISHED + _NO_FRAMES
"""What we publish holds other people's words: no script at all. Their pictures stay where they are, as in the feeds."""
FEED = PUBLISHED + "; sandbox"
"""A subscription document is for programs; a browser that draws it all the same gives it no origin."""
DATA = "default-src 'none'; form-action 'none'" + _NO_FRAMES + "; sandbox"
"""Answers for programs, pictures and events: whoever opens one as a page gets nothing but its own bytes."""

_PAGES = ("text/html", "text/javascript", "text/css")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: under it browsers send forms with "Origin: null", and over plain HTTP the Origin is all there is.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guarded:
    """Refuses unsafe requests from other sites by ``refused``, and gives every response the headers it lacks."""

    def __init__(self, app: ASGIApp, public_url: str, refused: ASGIApp) -> None:
        self._app = app
        self._refused = refused
        self._public = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                complete(MutableHeaders(scope=message), self._public)
            await send(message)

        is_safe = scope["method"] in SAFE or scope["path"] == HUB or scope["path"].startswith(PROGRAMS)
        allowed = is_safe or is_own(Headers(scope=scope), self._public)
        await (self._app if allowed else self._refused)(scope, receive, send_guarded)


def complete(headers: MutableHeaders, public_url: str) -> None:
    """Add the guards that ``headers`` lack."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", _policy(headers.get("content-type", "")))
    if public_url.startswith("https:"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    headers.setdefault("Cache-Control", "no-store")


def cookie(name: str, *, is_https: bool) -> str:
    """``__Host-`` keeps sites beside ours from setting it (RFC 6265bis §4.1.3.2); it needs HTTPS and the path "/"."""
    return f"__Host-{name}" if is_https else name


def _policy(media_type: str) -> str:
    """That of an answer that says none itself. A worker and what it asks for stand under that of its own file."""
    return PAGE if not media_type or media_type.startswith(_PAGES) else DATA


def is_own(headers: Headers, public_url: str) -> bool:
    """Whether a form was sent from our own page (Fetch Metadata; where a browser has none, RFC 6454's Origin)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(headers.get("origin", ""))
    public = urlsplit(public_url)
    same = (origin.scheme, origin.netloc) == (public.scheme, public.netloc)
    return same or (origin.scheme in {"http", "https"} and origin.netloc == headers.get("host"))
