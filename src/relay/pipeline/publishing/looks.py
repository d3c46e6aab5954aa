"""Digests of what documents depend on beside the posts: where one is another, they are made anew."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from relay.core.directory.handles import Directory
from relay.core.feed import OutgoingFeed
from relay.pipeline.desk import Desk
from relay.storage import sources

_LENGTH = 32


def of_directory(directory: Directory) -> str:
    """Who is who, and this version of relay."""
    return _digest((version("relay"), directory.bodies, directory.mentioning))


def of_feed(desk: Desk, feed: OutgoingFeed, directory: str) -> str:
    """What every document of a feed depends on."""
    shown = [(id, source.pictures) for id in feed.sources if (source := desk.sources.get(id))]
    return _digest((directory, feed, shown, _file(feed.fallback_picture)))


def of_origins(tx: Connection, feed: OutgoingFeed) -> str:
    """What its subscription documents say of the sources."""
    return _digest(sources.told(tx, feed.sources))


def for_posts(both: str) -> str:
    """Of ``of_feed`` and ``of_origins`` together, what pages of posts depend on."""
    return both[:_LENGTH]


def _digest(value: Any) -> str:
    told = msgspec.json.encode(value, enc_hook=repr, order="deterministic")
    return hashlib.sha256(told).hexdigest()[:_LENGTH]


def _file(path: str | None) -> str:
    """The digest of a file, empty where there is none to read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""
    except OSError:
        return ""
