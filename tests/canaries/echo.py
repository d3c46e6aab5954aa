"""A server that is every network at once and fails in every way, each time with what it was told in its answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from tests.canaries.planted import canary
from tests.commands.blog import FEED

PROVIDER, PLACES = "/.well-known/openid", ("authorization_endpoint", "token_endpoint", "jwks_uri")
"""Where an identity provider says where it is asked, and of what."""
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
        elif self.path.startswith(PROVIDER):
            own = f"http://{self.headers['Host']}"
            there = {"issuer": own} | {name: f"{own}/provider/{name}" for name in PLACES}
            self._send(200, json.dumps(there).encode(), "application/json")
        else:
            self.do_POST()

    def do_POST(self) -> None:
        """Everything that was said, said back."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = f"{self.path}\n{self.headers}\n{body.decode(errors='replace')}"
        type(self).heard.append(said.encode())
        answer = {"error": said, "error_description": said, "message": said, "description": said, "code": said}
        if "/provider/token_endpoint" in self.path:
            type(self).heard.append(f"it was given {canary('ID_TOKEN')}".encode())
            return self._send(200, json.dumps(answer | {"id_token": canary("ID_TOKEN")}).encode(), "application/json")
        return self._send(STATUSES[next(self.turns) % len(STATUSES)], json.dumps(answer).encode(), "application/json")

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


class Post(StreamRequestHandler):
    """A mail server that lets nobody in, and says what it was told."""

    heard: list[bytes]

    def handle(self) -> None:
        """Until the other side has had enough."""
        self.wfile.write(b"220 mail\r\n")
        while line := self.rfile.readline(10_000).strip():
            type(self).heard.append(line)
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.wfile.write(b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")
            elif verb == b"QUIT":
                return
            else:
                self.wfile.write(b"535 5.7.8 no: " + line + b"\r\n")


@contextmanager
def echoing() -> Iterator[tuple[str, str, list[bytes]]]:
    """The address on the Web, that of the mail server, and what both have heard."""
    heard: list[bytes] = []
    kind = type("Echoing", (Echo,), {"heard": heard, "turns": count()})
    post = type("Posting", (Post,), {"heard": heard})
    web, mail = ThreadingHTTPServer(("127.0.0.1", 0), kind), ThreadingTCPServer(("127.0.0.1", 0), post)
    with web, mail, _serving(web), _serving(mail):
        yield f"http://127.0.0.1:{web.server_address[1]}", f"127.0.0.1:{mail.server_address[1]}", heard


@contextmanager
def _serving(server: BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
