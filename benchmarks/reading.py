"""What it costs to read a document: relay, feedparser beneath relay, feedparser alone, nh3 on the same HTML.

    python -m benchmarks.reading [ROUNDS]

All sides in turn, CPU milliseconds a document, medians. First documents made up as blogs write them (30 entries, some
100 KB, the content in CDATA, escaped, or XHTML); then, where the corpora stand beside the project, real French feeds,
per 125 KB. relay's figures have sanitised HTML in them, absolute addresses, dates and pictures.
"""

import io
import sys
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from unittest import mock

import feedparser
import nh3
from lxml import etree

from relay.core.document import ParsedFeed
from relay.intake.parse import parse

URL = "https://exemple.fr/feed/"
ENTRIES = 30
CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
PARAGRAPH = (
    "<p>Le programme « Action Cœur de Ville » concerne <b>222 villes</b> : l'État y consacre 5 milliards d'euros, dont "
    '12 % au logement. <a href="https://exemple.fr/carte">Voir la carte</a> des territoires au 1er janvier.</p>'
    "<ul><li>un centre de formation ;</li><li>une maison de services au public.</li></ul>"
)
FIGURE = (
    '<figure><img src="https://exemple.fr/i.jpg" alt="Une place" width="640" height="480"/>'
    "<figcaption>© Ana</figcaption></figure>"
)
CONTENT = FIGURE + 8 * PARAGRAPH
MODULES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    for name, documents, contents in kinds():
        count = sum(map(len, documents)) / 125_000 if name.startswith("real") else len(documents)
        sides: dict[str, Callable[[], object]] = {
            "relay": partial(each, read, documents),
            "relay, by feedparser": partial(each, by_feedparser, documents),
            "feedparser": partial(each, partial(alone, is_safe=True), documents),
            "feedparser, not sanitising": partial(each, partial(alone, is_safe=False), documents),
            "nh3, the contents only": partial(each, nh3.Cleaner().clean, contents),
            "lxml, the tree only": partial(each, tree, documents),
        }
        show(name, compared(sides, rounds), count)


def each(step: Callable[[Any], object], things: Sequence[Any]) -> None:
    for thing in things:
        step(thing)


def kinds() -> Sequence[tuple[str, Sequence[bytes], Sequence[str]]]:
    made = [CONTENT] * ENTRIES
    real = sorted(CORPORA.glob("french/*/*.xml")) + sorted(CORPORA.glob("french-press/presse/*.xml"))
    bodies = [file.read_bytes() for file in real]
    written = [one.content_html or "" for body in bodies for one in read(body).entries]
    found = [
        ("RSS, content in CDATA", [rss(f"<![CDATA[{CONTENT}]]>")], made),
        ("RSS, content escaped", [rss(escape(CONTENT))], made),
        ("Atom, content XHTML", [atom()], made),
    ]
    return [*found, (f"real: {len(bodies)} French feeds, per 125 KB", bodies, written)] if bodies else found


def rss(content: str) -> bytes:
    items = "".join(
        f"<item><title>L’actualité numéro {number}</title><link>https://exemple.fr/{number}</link>"
        f"<dc:creator>Ana Lopez</dc:creator><pubDate>Mon, {number % 28 + 1:02} Sep 2026 10:00:00 +0200</pubDate>"
        f"<category>Ville</category><category>Logement</category>"
        f'<guid isPermaLink="false">https://exemple.fr/?p={number}</guid>'
        f"<description><![CDATA[<p>Le programme {number} &#171; Action &#187; [&#8230;]</p>]]></description>"
        f"<content:encoded>{content}</content:encoded><slash:comments>0</slash:comments></item>"
        for number in range(ENTRIES)
    )
    head = '<title>Agence</title><link>https://exemple.fr</link><atom:link href="https://exemple.fr/feed/" rel="self"/>'
    return f'<rss version="2.0" {MODULES}><channel>{head}<language>fr</language>{items}</channel></rss>'.encode()


def atom() -> bytes:
    entries = "".join(
        f"<entry><id>tag:exemple.fr,2026:{number}</id><title>L’actualité {number}</title>"
        f"<link href='https://exemple.fr/{number}'/>"
        f"<updated>2026-09-{number % 28 + 1:02}T10:00:00Z</updated><category term='Ville'/><content type='xhtml'>"
        f"<div xmlns='http://www.w3.org/1999/xhtml'>{CONTENT}</div></content></entry>"
        for number in range(ENTRIES)
    )
    head = "<title>Agence</title><id>tag:exemple.fr,2026:a</id><updated>2026-09-28T10:00:00Z</updated>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'>{head}{entries}</feed>".encode()


def read(body: bytes) -> ParsedFeed:
    return parse(body, URL, "application/xml; charset=utf-8")


def by_feedparser(body: bytes) -> ParsedFeed:
    with mock.patch("relay.intake.xmlfeed.direct.found", return_value=None):
        return read(body)


def alone(body: bytes, *, is_safe: bool) -> object:
    feedparser.api.PREFERRED_XML_PARSERS[:] = []
    return feedparser.parse(io.BytesIO(body), sanitize_html=is_safe, resolve_relative_uris=is_safe)


def tree(body: bytes) -> object:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def compared(sides: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """CPU seconds of each side, the median of rounds in which each takes its turn."""
    spent: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            start = process_time()
            side()
            spent[name].append(process_time() - start)
    return {name: median(found) for name, found in spent.items()}


def show(name: str, spent: dict[str, float], count: float) -> None:
    print(f"{name}")
    for side, seconds in spent.items():
        print(f"  {side:28} {1e3 * seconds / count:7.2f} ms   {seconds / spent['relay']:6.2f} x relay")


if __name__ == "__main__":
    main()
