"""The same entries served again in other ways: other addresses, dates, orders, words, formats."""

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import product
from random import Random

NEWEST = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOST = "agence.example"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as its publisher has it."""

    guid: str
    link: str
    title: str
    date: datetime | None
    text: str


Items = tuple[Item, ...]
Way = tuple[str, Callable[[Items], bytes], str]
"""Its name, how it writes the entries, and as what they are served."""


def items(number: int) -> Items:
    """So many of them, the newest first, an hour apart."""
    return tuple(
        Item(
            f"https://{HOST}/?p={one}",
            f"https://{HOST}/actualites/{one}-un-bilan-du-programme",
            f"Égalité des territoires : le bilan n° {one}",
            NEWEST - timedelta(hours=number - one),
            f"Le programme a son bilan n° {one}, et la suite.",
        )
        for one in range(number, 0, -1)
    )


def _each(change: Callable[[Item], Item]) -> Callable[[Items], Items]:
    return lambda some: tuple(change(one) for one in some)


def _link(change: Callable[[str], str]) -> Callable[[Items], Items]:
    return _each(lambda one: replace(one, link=change(one.link)))


def _shuffled(some: Items) -> Items:
    return tuple(Random(7).sample(some, len(some)))  # noqa: S311  # no secret


CHANGES: dict[str, Callable[[Items], Items]] = {
    "as it was": lambda some: some,
    "oldest first": lambda some: some[::-1],
    "shuffled": _shuffled,
    "tracking parameters": _link(lambda link: f"{link}?utm_source=rss&utm_medium=feed&fbclid=abc"),
    "http": _link(lambda link: link.replace("https:", "http:")),
    "www": _link(lambda link: link.replace(HOST, f"www.{HOST}")),
    "slash at the end": _link(lambda link: f"{link}/"),
    "host in capitals": _link(lambda link: link.replace(HOST, HOST.upper())),
    "percent-encoded": _link(lambda link: link.replace("bilan", "%62ilan")),
    "with a fragment": _link(lambda link: f"{link}#xtor=RSS-1"),
    "relative links": _link(lambda link: link.removeprefix(f"https://{HOST}")),
    "other guids": _each(lambda one: replace(one, guid=one.guid.replace("?p=", "?p=90"))),
    "guids over http": _each(lambda one: replace(one, guid=one.guid.replace("https:", "http:"))),
    "no guids": _each(lambda one: replace(one, guid="")),
    "no dates": _each(lambda one: replace(one, date=None)),
    "dates an hour later": _each(lambda one: replace(one, date=one.date and one.date + timedelta(hours=1))),
    "all dated today": _each(lambda one: replace(one, date=NEWEST)),
    "titles retouched": _each(lambda one: replace(one, title=one.title.replace("le bilan", "un bilan"))),
    "titles with spaces": _each(lambda one: replace(one, title=f"  {one.title.replace(' ', '   ')} ")),
    "titles decomposed": _each(lambda one: replace(one, title=unicodedata.normalize("NFD", one.title))),
    "titles in capitals": _each(lambda one: replace(one, title=one.title.upper())),
    "texts retouched": _each(lambda one: replace(one, text=f"{one.text} Mis à jour.")),
    "only the newest ten": lambda some: some[:10],
    "every other one": lambda some: some[::2],
    "each of them twice": lambda some: tuple(one for own in some for one in (own, own)),
}


def rss(some: Items, encoding: str = "utf-8") -> bytes:
    """RSS 2.0."""
    written = "".join(map(_rss_item, some))
    head = f"<title>Agence</title><link>https://{HOST}/</link><description>Actualités</description>"
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>{head}{written}</channel></rss>'
    return text.encode(encoding, "xmlcharrefreplace")


def _rss_item(one: Item) -> str:
    guid = f"<guid>{escape(one.guid)}</guid>" if one.guid else ""
    date = f"<pubDate>{one.date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if one.date else ""
    words = f"<title>{escape(one.title)}</title><description>{escape(one.text)}</description>"
    return f"<item>{words}<link>{escape(one.link)}</link>{guid}{date}</item>"


def atom(some: Items) -> bytes:
    """Atom 1.0."""
    written = "".join(map(_atom_entry, some))
    head = f'<title>Agence</title><id>urn:f</id><link href="https://{HOST}/"/><updated>{NEWEST.isoformat()}</updated>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{written}</feed>'.encode()


def _atom_entry(one: Item) -> str:
    guid = f"<id>{escape(one.guid)}</id>" if one.guid else ""
    date = f"<published>{one.date.isoformat()}</published><updated>{one.date.isoformat()}</updated>" if one.date else ""
    words = f"<title>{escape(one.title)}</title><summary>{escape(one.text)}</summary>"
    return f'<entry>{words}<link href="{escape(one.link)}"/>{guid}{date}</entry>'


def json_feed(some: Items) -> bytes:
    """JSON Feed 1.1."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Agence", "home_page_url": f"https://{HOST}/"}
    return json.dumps(head | {"items": [_json_item(one) for one in some]}).encode()


def _json_item(one: Item) -> dict[str, str]:
    own = {"url": one.link, "title": one.title, "content_text": one.text}
    own |= {"id": one.guid} if one.guid else {}
    return own | ({"date_published": one.date.isoformat()} if one.date else {})


FORMATS: dict[str, tuple[Callable[[Items], bytes], str]] = {
    "RSS": (rss, "application/rss+xml"),
    "Atom": (atom, "application/atom+xml"),
    "JSON Feed": (json_feed, "application/feed+json"),
    "RSS in Latin-1": (lambda some: rss(some, "iso-8859-1"), "text/xml"),
}


def ways(number: int, seed: int = 0) -> list[Way]:
    """So many of them: first each change in a format, then two changes at a time."""
    chance = Random(seed)  # noqa: S311  # no secret
    single = [(name,) for name in CHANGES]
    pairs = [(one, other) for one, other in product(CHANGES, CHANGES) if one < other]
    chance.shuffle(pairs)
    formats = list(FORMATS)
    return [_way(names, formats[place % len(formats)]) for place, names in enumerate([*single, *pairs][:number])]


def _way(names: Sequence[str], format_: str) -> Way:
    write, kind = FORMATS[format_]

    def written(some: Items) -> bytes:
        for name in names:
            some = CHANGES[name](some)
        return write(some)

    return f"{' and '.join(names)}, {format_}", written, kind
