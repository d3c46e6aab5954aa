"""Relay as an app on a phone or a desk: what it is called, how it looks, and a word for when there is no network."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.web.pages import language, page
from relay.web.words import speaker

PAPER, INK = "#fbfaf6", "#135e63"
WORKER = """// No page of relay is kept on a device: what cannot be reached says so, and that is all that is kept.
const [KEPT, PAGES] = ["offline-1", ["/offline", "/static/style.css"]];
addEventListener("install", (event) => event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PAGES))));
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("fetch", (event) => {
  const kept = (page) => event.respondWith(fetch(event.request).catch(() => caches.match(page)));
  if (event.request.mode === "navigate") kept("/offline");
  else if (new URL(event.request.url).pathname === PAGES[1]) kept(PAGES[1]);
});
async function clean() {
  const old = (await caches.keys()).filter((name) => name !== KEPT);
  await Promise.all(old.map((name) => caches.delete(name)));
}
"""


def manifest(request: Request) -> Response:
    """The manifest (W3C Web Application Manifest), in the reader's language."""
    w = speaker(language(request))
    sizes = {"192": "any", "512": "any", "mask-512": "maskable"}
    png = [
        {
            "src": f"/static/icon-{name}.png",
            "sizes": f"{name[-3:]}x{name[-3:]}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, purpose in sizes.items()
    ]
    told = {
        "id": "/review",
        "name": w("app.name"),
        "short_name": "relay",
        "description": w("app.what"),
        "lang": language(request),
        "start_url": "/review",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"}, *png],
        "shortcuts": [{"name": w("tab.waiting"), "url": "/review"}, {"name": w("nav.feeds"), "url": "/feeds/"}],
    }
    return JSONResponse(told, media_type="application/manifest+json")


def worker(_request: Request) -> Response:
    """The service worker: it stands at the root, for it may only look after what is beneath it."""
    return Response(WORKER, media_type="text/javascript")


def offline(request: Request) -> Response:
    """What is shown when relay cannot be reached; it names nobody, for it is kept on the device."""
    return page(request, "offline.html.j2")
