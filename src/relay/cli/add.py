"""``relay add``: find the feed behind an address and write it into the configuration."""

import argparse
import os
import shutil
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from relay.cli.ending import Ending
from relay.cli.reading import read
from relay.cli.session import configuration
from relay.config.load import load, locate
from relay.config.messages import report
from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.normalise import slug
from relay.wiring import network_keys

EXAMPLE = "relay add https://www.exemple.fr/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("url", metavar="URL", help="a feed, or a page that names one")
    parser.add_argument("--id", help="the name of the source in the configuration (default: from its title)")


def run(arguments: argparse.Namespace) -> int:
    """Show the feed, and add it; comments and order of the file stay."""
    settings = configuration(arguments)
    address, document = read(arguments.url, settings.service)
    if document.error:
        raise Ending(f"{arguments.url}: {document.error}")
    if any(source.url == address for source in settings.sources):
        raise Ending(f"{address} is a source already")
    name = arguments.id or _name(document)
    if any(source.id == name for source in settings.sources):
        raise Ending(f"there already is a source {name!r}; choose another name with --id", code=2)
    file = locate(arguments.config, os.environ)
    _write(file, name, address, document.title or name)
    _show(name, address, document)
    print(f"\nAdded to {file} as [sources.{name}]. Name it in a feed's `from` and in a route, then `relay check`.")
    return 0


def _name(document: ParsedFeed) -> str:
    return slug(ParsedEntry(id=None, url=None, title=document.title or "source"))[:40].strip("-")


def _show(name: str, address: str, document: ParsedFeed) -> None:
    print(f"{name}: {document.title} ({document.format}, {len(document.entries)} entries)\n  {address}")
    for entry in document.entries[:3]:
        print(f"  · {entry.title}")


def _write(file: Path, name: str, address: str, title: str) -> None:
    """Add the table, unless the file would no longer be good; the old one stays until the new one is whole."""
    try:
        before = file.read_text(encoding="utf-8")
        new = file.with_suffix(".new")
        new.write_text(_with_source(before, name, address, title), encoding="utf-8")
        loaded = load(new, os.environ, network_keys())
        if loaded.configuration is None:
            new.unlink()
            raise Ending(report(loaded), 78)
        shutil.copymode(file, new)
        new.replace(file)
    except OSError as error:
        raise Ending(f"{error.filename}: {error.strerror}") from error


def _with_source(text: str, name: str, address: str, title: str) -> str:
    document = tomlkit.parse(text)
    source = tomlkit.table()
    source.add("url", address)
    source.add("attribution", f"Source : {title}")
    source.add(tomlkit.nl())
    sources = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if not isinstance(sources, Table):
        raise Ending("`sources` is not written as tables; add the source by hand")
    sources.add(name, source)
    return tomlkit.dumps(document)
