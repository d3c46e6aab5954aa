"""A blog with a feed of about 100 KB, served by a real daemon on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zlib import crc32

from tests.real.ports import free_port

from benchmarks.daemon import SERVICE, running

POSTS = 24
"""As many as make about 100 KB of Atom."""

_CONFIGURATION = f"""\
{SERVICE}database = "{{folder}}/relay.db"

[sources.agence]
url         = "http://127.0.0.1:{{source}}/source.xml"
attribution = "Source : l’agence"
backlog     = "latest {{posts}}"

[feeds.blog]
title   = "La ville en commun"
from    = ["agence"]
link    = "https://blog.exemple.fr/feeds/blog/"
formats = ["atom", "rss", "json", "html"]
size    = {{posts}}
"""
_WORDS = (
    *("quartier", "ville", "habitant", "commune", "logement", "programme", "conseil", "citoyen", "rénovation", "place"),
    *("école", "marché", "santé", "maison", "service", "public", "territoire", "région", "association", "bailleur"),
    *("projet", "équipe", "atelier", "carte", "enquête", "budget", "année", "été", "rue", "transport", "emploi"),
)


@dataclass(frozen=True, slots=True)
class Server:
    """``pid`` is the process that answers."""

    name: str
    url: str
    pid: int


@contextmanager
def daemon(folder: Path, posts: int = POSTS) -> Iterator[Server]:
    """``relay run`` once the feed is published; its files are in ``folder / "feeds"``."""
    (folder / "source.xml").write_text(_source(posts), encoding="utf-8")
    with _publisher(folder) as source:
        port, file = free_port(), folder / "relay.toml"
        file.write_text(_CONFIGURATION.format(port=port, folder=folder, source=source, posts=posts), encoding="utf-8")
        feed = folder / "feeds" / "blog" / "atom.xml"
        with running(file, lambda _: feed.exists() and feed.read_bytes().count(b"<entry") >= posts) as process:
            yield Server("daemon", f"http://127.0.0.1:{port}/feeds/blog/atom.xml", process.pid)


@contextmanager
def _publisher(folder: Path) -> Iterator[int]:
    """The source, for as long as it takes to read it."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def _source(posts: int) -> str:
    """An RSS document whose words repeat as those of a language do, so that it is packed as one is."""
    items = "".join(_item(number) for number in range(posts))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>L’agence</title>'
        f"<link>http://127.0.0.1/</link><description>Actualités</description>{items}</channel></rss>"
    )


def _item(number: int) -> str:
    text = " ".join(_WORDS[crc32(f"{number} {place}".encode()) % len(_WORDS)] for place in range(150))
    return (
        f"<item><title>{text[:60].title()} {number}</title><link>http://127.0.0.1/{number}</link>"
        f"<guid>http://127.0.0.1/{number}</guid><pubDate>Mon, 23 Nov 2026 09:{number % 60:02}:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{text}.&lt;/p&gt;</description></item>"
    )
