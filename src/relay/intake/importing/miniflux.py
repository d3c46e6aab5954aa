"""Miniflux: its OPML, and the answers of its API: ``/v1/feeds``, ``/v1/entries``, ``/v1/me``.

The rules: https://miniflux.app/docs/rules.html. A block rule, or a keep rule, of a feed is one regular expression for
title, address, tags and authors; entry filtering rules are lines such as ``EntryTitle=(?i)word``.
"""

import re
from collections.abc import Sequence

from relay.core.identity.posted import Posted
from relay.intake import opml
from relay.intake.importing import rules
from relay.intake.importing.imported import File, Found, Imported, Left, joined
from relay.intake.importing.records import Record, moment, read_json, record, records, text

HOW = "read in Miniflux"
_FIELDS = {
    "EntryTitle": "title",
    "EntryURL": "url",
    "EntryContent": "content",
    "EntryAuthor": "author",
    "EntryTag": "category",
}
_DAY = re.compile(r"(before|after):(\d{4}-\d\d-\d\d)")
_UNUSED = (
    "scraper_rules",
    "rewrite_rules",
    "urlrewrite_rules",
    "user_agent",
    "fetch_via_proxy",
    "apprise_service_urls",
)
_SECRET = ("cookie", "username", "password")


def read(files: Sequence[File]) -> Imported | Left:
    """Subscriptions, feeds and entries, in any order; what the settings say for all feeds is added to each."""
    parts: list[Imported] = []
    everywhere: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for file in files:
        if file.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            part: Imported | Left = _subscriptions(file)
        else:
            part = _answer(file, everywhere)
        if isinstance(part, Left):
            return part
        parts.append(part)
    found = joined(parts)
    return Imported(_once(found.sources, everywhere), posted=found.posted, left=found.left)


def _once(sources: Sequence[Found], everywhere: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[Found, ...]:
    """Each feed once: as the API tells it, with its rules, where that was given beside the list."""
    best: dict[str, Found] = {}
    for one in sources:
        if one.url not in best or one.keep or one.drop or one.fulltext:
            best[one.url] = one
    keep = tuple(rule for some, _ in everywhere for rule in some)
    drop = tuple(rule for _, some in everywhere for rule in some)
    return tuple(
        Found(one.url, one.title, (*one.keep, *keep), (*one.drop, *drop), one.every, one.fulltext)
        for one in best.values()
    )


def _subscriptions(file: File) -> Imported | Left:
    outlines = opml.read(file.body)
    if outlines.error:
        return Left(file.name, None, outlines.error)
    return Imported(tuple(Found(one.url, one.title) for one in outlines.subscriptions))


def _answer(file: File, everywhere: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> Imported | Left:
    document = read_json(file)
    if isinstance(document, Left):
        return document
    if isinstance(document, dict) and isinstance(document.get("entries"), list):
        return _entries(document)
    left: list[Left] = []
    if isinstance(document, list):
        feeds = [feed for feed in records(document) if text(feed, "feed_url")]
        return Imported(tuple(_source(file, feed, left) for feed in feeds), left=tuple(left))
    if isinstance(document, dict) and "keep_filter_entry_rules" in document:
        where = "the settings"
        keep = _entry_rules(file, where, text(document, "keep_filter_entry_rules"), left)
        everywhere.append((keep, _entry_rules(file, where, text(document, "block_filter_entry_rules"), left)))
        return Imported(left=tuple(left))
    return Left(file.name, None, "this is no answer of Miniflux's /v1/feeds, /v1/entries or /v1/me")


def _source(file: File, feed: Record, left: list[Left]) -> Found:
    url = text(feed, "feed_url")
    left += [Left(file.name, None, f"{url}: {key} has no counterpart") for key in _UNUSED if feed.get(key)]
    left += [Left(file.name, None, f"{url}: relay asks without a {key}") for key in _SECRET if feed.get(key)]
    if feed.get("disabled") is True:
        left.append(Left(file.name, None, f"{url}: it was switched off; take it out if it is to stay so"))
    keep = _entry_rules(file, url, text(feed, "keep_filter_entry_rules"), left)
    drop = _entry_rules(file, url, text(feed, "block_filter_entry_rules"), left)
    return Found(
        url,
        text(feed, "title") or None,
        (*_anywhere(text(feed, "keeplist_rules")), *keep),
        (*_anywhere(text(feed, "blocklist_rules")), *drop),
        fulltext=feed.get("crawler") is True,
    )


def _anywhere(pattern: str) -> tuple[str, ...]:
    """One expression for title, address, tags and authors."""
    fields = ("title", "url", "category", "author")
    return (rules.one_of([rules.finds(field, pattern) for field in fields]),) if pattern else ()


def _entry_rules(file: File, where: str, written: str, left: list[Left]) -> tuple[str, ...]:
    made: list[str] = []
    for line in filter(None, map(str.strip, written.splitlines())):
        field, _, pattern = line.partition("=")
        if field in _FIELDS and pattern:
            made.append(rules.finds(_FIELDS[field], pattern))
        elif field == "EntryDate" and (day := _DAY.fullmatch(pattern)):
            made.append(f"published {'<' if day[1] == 'before' else '>='} {day[2]}")
        else:
            left.append(
                Left(file.name, None, f"{where}: the rule “{line[:100]}” has no counterpart: write a filter by hand")
            )
    return tuple(made)


def _entries(document: Record) -> Imported:
    """What was read, starred or shared has been dealt with; what is unread has not."""
    done = [one for one in records(document.get("entries")) if text(one, "status") == "read"]
    return Imported(posted=tuple(_posted(one) for one in done if text(one, "url", "title")))


def _posted(entry: Record) -> Posted:
    return Posted(
        HOW,
        url=text(entry, "url") or None,
        title=text(entry, "title") or None,
        at=moment(entry.get("changed_at")) or moment(entry.get("published_at")),
        feed=text(record(entry.get("feed")), "feed_url") or None,
    )
