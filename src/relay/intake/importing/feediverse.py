"""feediverse: ``.feediverse``, a YAML file with everything: feeds, texts, and the moment up to which all was posted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import yaml

from relay.core.identity.posted import Posted
from relay.intake.importing.imported import File, Found, Imported, Left, Outlet, Way, each
from relay.intake.importing.records import Record, moment, records, sound, text
from relay.intake.importing.servers import host, server
from relay.intake.importing.wording import said, translated
from relay.intake.reading.decoding import decode

HOW = "posted by feediverse"
_TEXT = {
    "title": "title",
    "url": "link",
    "link": "link",
    "summary": "excerpt",
    "content": "excerpt",
    "hashtags": "hashtags",
}


def read(files: Sequence[File]) -> Imported | Left:
    """Files of feediverse, one for each account."""
    return each(files, _one)


def _one(file: File) -> Imported | Left:
    document = _yaml(file)
    if isinstance(document, Left):
        return document
    if not isinstance(document, dict) or not isinstance(document.get("feeds"), list):
        return Left(file.name, None, "this is no file of feediverse: it has no list `feeds`")
    left: list[Left] = []
    feeds = [feed for feed in records(document["feeds"]) if text(feed, "url")]
    outlet = _outlet(document)
    ways = tuple(_ways(file, feeds, outlet, left)) if outlet else ()
    posted = tuple(_posted(document, feeds))
    if not posted:
        left.append(Left(file.name, None, "it has no `updated`: what was posted is not known"))
    return Imported(
        tuple(Found(text(feed, "url")) for feed in feeds), (outlet,) if outlet else (), ways, posted, tuple(left)
    )


def _yaml(file: File) -> Any | Left:
    """The document; nothing in it is made but texts, numbers, dates, lists and tables, and nothing is named twice."""
    source = decode(file.body, None).text
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, yaml.SafeLoader)):
            return Left(file.name, None, "it repeats parts of itself (*name): such a file is not read")
        return sound(yaml.safe_load(source))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        return Left(file.name, line, f"this is no YAML: {error.problem}")
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError, TypeError, AttributeError) as error:
        return Left(file.name, None, f"this YAML is not read: {' '.join(str(error).split())[:200]}")


def _outlet(document: Record) -> Outlet | None:
    instance = server(text(document, "url"))
    return Outlet(host(instance), "mastodon", (("instance", instance),)) if instance else None


def _ways(file: File, feeds: Sequence[Record], outlet: Outlet, left: list[Left]) -> Iterator[Way]:
    grouped: dict[str, list[str]] = {}
    for feed in feeds:
        grouped.setdefault(text(feed, "template"), []).append(text(feed, "url"))
    for template, urls in grouped.items():
        own, unknown = translated(template, _TEXT)
        left += said(file.name, None, unknown)
        yield Way(outlet.name, tuple(urls), own or None)


def _posted(document: Record, feeds: Sequence[Record]) -> Iterator[Posted]:
    given = document.get("updated")
    until = moment(given.isoformat() if isinstance(given, datetime) else given)
    if until:
        for feed in feeds:
            yield Posted(HOW, where=host(server(text(document, "url"))), feed=text(feed, "url"), until=until)
