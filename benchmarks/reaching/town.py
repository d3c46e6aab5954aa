"""A publisher, its hub and a sandbox network in one server on loopback."""

import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import httpx

_ITEM = """<item><title>{title}</title><link>{town}/{n}</link><guid>{town}/{n}</guid>
<description>&lt;p&gt;Le programme dresse son bilan, un an après son lancement.&lt;/p&gt;</description></item>"""
_FEED = '<rss version="2.0"><channel><title>L’agence</title><link>{town}/</link>{items}</channel></rss>'


@dataclass(slots=True)
class Town:
    """Publisher, hub and network: ``posted`` is when a text first came, ``told`` what relay asked of the hub."""

    url: str = ""
    news: int = 1
    posted: dict[str, float] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    is_verified: bool = False

    def feed(self) -> bytes:
        """The newest first."""
        items = "".join(_ITEM.format(title=title(n), town=self.url, n=n) for n in range(self.news, 0, -1)[:20])
        return _FEED.format(town=self.url, items=items).encode()

    def verify(self) -> None:
        """As a hub does (WebSub §5.3)."""
        asked = {"hub.mode": "subscribe", "hub.topic": self.told["hub.topic"], "hub.challenge": "really"}
        answer = httpx.get(self.told["hub.callback"], params={**asked, "hub.lease_seconds": "864000"}, trust_env=False)
        self.is_verified = answer.text == "really"

    def push(self) -> None:
        """One more item, at the subscriber (§7, §8)."""
        self.news += 1
        body = self.feed()
        signed = hmac.new(self.told["hub.secret"].encode(), body, "sha256").hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"sha256={signed}"}
        links = f'<{self.url}/hub>; rel="hub", <{self.url}/rss>; rel="self"'
        callback = self.told["hub.callback"]
        httpx.post(callback, content=body, headers={**headers, "Link": links}, trust_env=False).raise_for_status()


def title(number: int) -> str:
    """Of one item; none is the beginning of another."""
    return f"Bilan numéro {number:05} du programme"


@contextmanager
def standing() -> Iterator[Town]:
    town = Town()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            is_feed = self.path == "/rss"
            self._answer(200 if is_feed else 404, town.feed() if is_feed else b"")

        def do_POST(self) -> None:
            town.told = dict(parse_qsl(self._body().decode()))
            self._answer(202, b"")
            threading.Timer(0.1, town.verify).start()

        def do_PUT(self) -> None:
            town.posted.setdefault(json.loads(self._body())["text"], time.monotonic())
            self._answer(201, json.dumps({"url": f"{town.url}{self.path}"}).encode())

        def log_message(self, *_: object) -> None:
            pass

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers["Content-Length"]))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Link", f'<{town.url}/hub>; rel="hub", <{town.url}/rss>; rel="self"')
            self.send_header("Content-Type", "application/json" if self.command == "PUT" else "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    town.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield town
    finally:
        server.shutdown()
        server.server_close()
