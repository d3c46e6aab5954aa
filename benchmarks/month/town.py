"""Publishers, a sandbox network, a program that is told and a subscriber of relay's hub, in a process of their own.

What a publisher has at a moment follows from its number and the moment alone: nothing of it is kept.
"""

import hashlib
import json
import multiprocessing
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from random import Random
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import httpx

START = datetime(2027, 3, 1, tzinfo=UTC)
A_DAY = (0,) * 14 + (1,) * 3 + (2,) * 2 + (3,)
"""How many items of a day there may be, each as likely as the others."""
KEPT = 20
"""Items of a document."""
PAST = 20
"""Days before the start whose news a document may have."""
LATER = timedelta(hours=6)
"""After this, one item of eight is told in other words."""
_WORDS = (
    "quartier",
    "ville",
    "agence",
    "conseil",
    "projet",
    "bilan",
    "école",
    "transport",
    "logement",
    "jeunesse",
    "emploi",
    "santé",
    "culture",
    "budget",
    "mairie",
    "habitant",
    "chantier",
    "rénovation",
    "subvention",
    "programme",
    "citoyen",
    "nature",
    "énergie",
    "numérique",
    "atelier",
    "rencontre",
    "territoire",
)


@dataclass(frozen=True, slots=True)
class Town:
    """Where it is, and how its time is set."""

    url: str

    def at(self, now: datetime) -> None:
        """Now it is this."""
        httpx.put(f"{self.url}/now", content=now.isoformat(), trust_env=False).raise_for_status()


@contextmanager
def standing() -> Iterator[Town]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_play, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield Town(f"http://127.0.0.1:{here.recv()}")
    finally:
        process.terminate()
        process.join()


def document(number: int, now: datetime, town: str) -> bytes:
    """The RSS of a publisher: its latest items, the newest first."""
    days = (now - START) // timedelta(days=1)
    found = [item for day in range(days, -PAST - 1, -1) for item in _of_day(number, day, now, town)]
    head = f"<title>Agence {number}</title><link>{town}/{number}</link>"
    return f'<rss version="2.0"><channel>{head}{"".join(found[:KEPT])}</channel></rss>'.encode()


def _of_day(number: int, day: int, now: datetime, town: str) -> list[str]:
    chance = Random(f"{number}/{day}")  # noqa: S311  # the same news each time
    moments = sorted((chance.randrange(24 * 60) for _ in range(chance.choice(A_DAY))), reverse=True)
    found = []
    for at, minute in enumerate(moments):
        own = Random(f"{number}/{day}/{at}")  # noqa: S311
        published = START + timedelta(days=day, minutes=minute)
        if published <= now:
            found.append(_item(f"{number}-{day + PAST}-{at}", published, now, own, town))
    return found


def _item(name: str, published: datetime, now: datetime, chance: Random, town: str) -> str:
    title, body = _said(chance, 8), "".join(f"<p>{_said(chance, 40)}.</p>" for _ in range(4))
    is_edited, has_picture = chance.random() < 1 / 8, chance.random() < 1 / 4
    if is_edited and now - published >= LATER:
        body += f"<p>{_said(chance, 12)}.</p>"
    picture = f'<enclosure url="{town}/picture/{name}.png" type="image/png" length="2000"/>' if has_picture else ""
    about = f"<title>{title}</title><link>{town}/item/{name}</link><guid>{town}/item/{name}</guid>{picture}"
    return (
        f"<item>{about}<pubDate>{format_datetime(published)}</pubDate><description>{escape(body)}</description></item>"
    )


def _said(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + f" {chance.randrange(1_000_000)}"


def _picture(name: str) -> bytes:
    """One colour of its own (PNG, 640 × 360)."""
    row = b"\0" + hashlib.sha256(name.encode()).digest()[:3] * 640
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 640, 360, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * 360)),
        (b"IEND", b""),
    )
    own = (struct.pack(">I", len(of)) + kind + of + struct.pack(">I", zlib.crc32(kind + of)) for kind, of in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(own)


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    now: ClassVar[datetime] = START

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        kind, _, name = parts.path[1:].partition("/")
        if kind == "feed":
            self._document(document(int(name), self.now, f"http://{self.headers['Host']}"))
        elif kind == "picture":
            self._answer(200, _picture(name), "image/png")
        elif kind == "callback":
            self._answer(200, parse_qs(parts.query)["hub.challenge"][0].encode())
        else:
            self._answer(404, b"")

    def do_PUT(self) -> None:
        body = self._body()
        if self.path == "/now":
            _Answering.now = datetime.fromisoformat(body.decode())
        self._answer(201, json.dumps({"url": f"http://{self.headers['Host']}{self.path}"}).encode(), "application/json")

    def do_POST(self) -> None:
        self._body()
        self._answer(204, b"")

    def log_message(self, *_: object) -> None:
        pass

    def _document(self, body: bytes) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self._answer(304, b"", tag=tag)
        else:
            self._answer(200, body, "application/rss+xml", tag)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _answer(self, status: int, body: bytes, kind: str = "text/plain", tag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)


def _play(told: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    told.send(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with suppress(EOFError):  # it ends with whoever began it, however that ends
        told.recv()
