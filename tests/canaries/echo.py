"""A server that is every network at once and fails in every way, each time with what it was told in its answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

from tests.commands.blog import FEED

STATUSES = (500, 401, 302, 400, 403, 422, 200, 503)
"""One after the other. With 302 it says back what it was told in ``Location``, too; with 200 as its very answer."""


class Echo(BaseHTTPRequestHandler):
    """Answers one request; a feed is a feed."""

    turns = count()
    heard: list[bytes]

    def do_GET(self) -> None:
        """The feed, or an answer as to anything else."""
        if self.path.startswith("/rss"):
            self._send(200, FEED.format(url=f"http://{self.headers['Host']}").encode(), "application/rss+xml")
        else:
            self.do_POST()

    def do_POST(self) -> None:
        """Everything that was said, said back."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = f"{self.path}\n{self.headers}\n{body.decode(errors='replace')}"
        type(self).heard.append(said.encode())
        answer = {"error": said, "error_description": said, "message": said, "description": said, "code": said}
        self._send(STATUSES[next(self.turns) % len(STATUSES)], json.dumps(answer).encode(), "application/json")

    do_PUT = do_PATCH = do_DELETE = do_HEAD = do_POST  # noqa: N815  # the library's own names

    def _send(self, status: int, body: bytes, kind: str) -> None:
        authorization = self.headers.get("Authorization", "nothing").split()[-1]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", f"session={authorization}")
        self.send_header("Location", f"http://camille:{authorization}@127.0.0.1:9/?token={authorization}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
        """Nothing is written of it."""


@contextmanager
def echoing() -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it has heard."""
    heard: list[bytes] = []
    kind = type("Echoing", (Echo,), {"heard": heard, "turns": count()})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", heard
        finally:
            server.shutdown()
            thread.join()
