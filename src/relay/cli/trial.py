"""``relay try``: what would become of a feed, storing and sending nothing."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace

from relay.cli.candidates import told
from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.output import print_json
from relay.cli.reading import read
from relay.cli.session import add_at, add_json
from relay.config.configuration import Configuration, Service
from relay.config.load import locate
from relay.core.account import Account
from relay.core.document import ParsedFeed
from relay.core.filtering.filters import PATIENCE
from relay.core.markup.html import to_text
from relay.core.route import Route
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.preview import Preview, preview
from relay.wiring import clock, desk

EXAMPLE = "relay try https://www.exemple.fr/actualites.rss"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("where", metavar="URL|FILE", help="a feed, or a page that names one")
    add_at(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show every entry as it would be taken; 1 if nothing could be read."""
    settings = _configuration(arguments)
    address, document = read(arguments.where, settings.service, settings.sources)
    if document.error:
        raise Ending(f"{arguments.where}: {document.error}")
    source = _source(address, document, settings)
    found = preview(document, source, _desk(settings, source), arguments.at or clock())
    if arguments.json:
        print_json({"source": source.id, "url": address, "format": document.format, "entries": found})
    else:
        head = f"{document.title} ({document.format}): {len(found)} entries"
        print("\n\n".join([head, *(_text(one, document) for one in found)]))
    return 0


def _configuration(arguments: argparse.Namespace) -> Configuration:
    """The operator's, or defaults: trying a feed needs no configuration."""
    if arguments.config is None and not locate(None, os.environ).exists():
        return Configuration(version=1, zone="UTC", language="fr", service=Service())
    return configuration(arguments)


def _source(address: str, document: ParsedFeed, settings: Configuration) -> Source:
    configured = next((source for source in settings.sources if source.url == address), None)
    name = document.title or "source"
    return configured or Source("try", address, f"Source : {name}", language=document.language or settings.language)


def _desk(settings: Configuration, source: Source) -> Desk:
    """The configured routes; a feed that no route takes is shown as Mastodon and Bluesky would have it."""
    usual = desk(settings)
    if any(source.id in route.sources for route in usual.routes):
        return usual
    accounts = {name: Account(name, name) for name in ("mastodon", "bluesky")}
    return replace(
        usual, sources={source.id: source}, accounts=accounts, routes=(Route(0, (source.id,), tuple(accounts)),)
    )


def _text(one: Preview, document: ParsedFeed) -> str:
    if one.post is None:
        return "\n".join([f"── {one.entry.title}", *_reasons(one)])
    post = one.post
    parts = [
        f"── {post.headline}",
        f"   {post.credit} · {post.published:%Y-%m-%d %H:%M} UTC · {post.more_url}",
        *_reasons(one),
        "",
        post.lead,
    ]
    if post.picture:
        parts.append(f"[{post.picture.alt or 'picture without alternative text'}] {post.picture.url}")
    parts += told(one.entry, document.entries)
    parts.append(to_text(post.body_html))
    for said in one.announcements:
        used = ", ".join(f"{count.used}/{count.max} {count.unit}" for count in said.counts)
        parts += ["", f"→ {said.account} (route {said.route + 1}, {used})", _indented(said.text)]
    return "\n".join(parts)


def _reasons(one: Preview) -> Iterator[str]:
    """Which rules took or left out the entry and its post."""
    if one.judgement.why:
        yield f"   {'kept' if one.judgement.is_kept else 'left out'} — {one.judgement.why}"
    for choice in one.choices:
        if choice.why:
            yield f"   route {choice.route + 1} {'takes it' if choice.takes else 'does not take it'} — {choice.why}"
    for slow in (one.judgement.slow, *(choice.slow for choice in one.choices)):
        yield from (f"   given up after {PATIENCE} s, as if nothing was found — {said}" for said in slow)


def _indented(text: str) -> str:
    return "\n".join(f"  │ {line}" for line in text.split("\n"))
