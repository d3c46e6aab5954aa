"""Web pages and feeds for tests of what is found behind an address."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from tests.fakes.feed_server import Headers, answer

HTML = (b"Content-Type", b"text/html; charset=utf-8")
FEED = """<rss version="2.0"><channel><title>{title}</title><link>https://a.example/</link><description>d</description>
<item><title>Une nouvelle</title><link>https://a.example/1</link><guid>{title}-1</guid></item></channel></rss>"""
NEWS = """<!doctype html><html lang="fr"><head><title>Actualités</title></head><body>
<nav><ul class="menu"><li><a href="/a">L'agence et ses missions</a></li><li><a href="/b">Les programmes en cours</a></li>
<li><a href="/c">Les territoires d'action</a></li></ul></nav><main>
<article class="card post-1001"><a href="/1"><img src="/blank.gif" data-src="/i/1.jpg" alt="Une place"></a>
<span class="card__date">12 mars 2026</span><h3><a href="/1">Un <b>pre</b>mier bilan des quartiers</a></h3>
<p class="card__chapo">Un an après, le programme dresse son bilan.</p></article>
<article class="card post-1002"><span class="card__date">10 mars 2026</span><h3><a href="2?x=1&amp;y=2">Trente projets sont retenus</a></h3>
<p class="card__chapo">Les lauréats sont connus.</p></article>
<article class="card post-1003"><span class="card__date">2 février 2026</span><h3><a href="/3">La rentrée des conseils citoyens</a></h3>
<p class="card__chapo">Ils se réunissent partout.</p></article></main>
<footer><ul><li><a href="/m">Mentions légales du site</a></li></ul></footer></body></html>"""


def page(body: str, *headers: tuple[bytes, bytes]) -> bytes:
    """A web page as an answer."""
    return answer(body=f"<!doctype html><html><body>{body}</body></html>".encode(), headers=[HTML, *headers])


def feed(title: str = "Agence", headers: Headers = ()) -> bytes:
    """A feed as an answer."""
    return answer(body=FEED.format(title=title).encode(), headers=[(b"Content-Type", b"application/rss+xml"), *headers])


@contextmanager
def client() -> Iterator[httpx.Client]:
    """The reading client on loopback, without its pauses."""
    with reading_client(Guard(("127.0.0.1",)), None, deadline=10, turns=Turns(gap=0)) as http:
        yield http
