"""Whose files are read, by the name that the command line has for each."""

from collections.abc import Mapping

from relay.intake.importing import (
    feed2fedi,
    feed2toot,
    feedecho,
    feediverse,
    freshrss,
    huginn,
    miniflux,
    postiz,
    rss2toot,
    venus,
)
from relay.intake.importing.imported import Reader

TOOLS: Mapping[str, tuple[str, str, Reader]] = {
    "feed2toot": ("feed2toot", "feed2toot.ini, its list of feeds and its cache file", feed2toot.read),
    "feed2fedi": ("Feed2Fedi", "config.json and cache.sqlite", feed2fedi.read),
    "feediverse": ("feediverse", "the file .feediverse", feediverse.read),
    "rss2toot": ("rss2toot", "the index of its cache, rss2toot.dir", rss2toot.read),
    "feedecho": ("FeedEcho", "its export (JSON) and its SQLite database", feedecho.read),
    "venus": ("Planet Venus", "config.ini and the files of its cache folder", venus.read),
    "miniflux": ("Miniflux", "its OPML, and answers of its API: feeds, entries, me", miniflux.read),
    "freshrss": ("FreshRSS", "its OPML, its exported articles (JSON), or its SQLite database", freshrss.read),
    "postiz": ("Postiz", "its posts, as its API tells them or as rows (JSON, CSV)", postiz.read),
    "huginn": ("Huginn", "exported scenarios and events (JSON)", huginn.read),
}
"""The name of the tool, which files it has, and how they are read."""
