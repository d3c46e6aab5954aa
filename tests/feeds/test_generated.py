"""Two hundred different blogs: every document is well-formed, clean, and read again as what it says."""

from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from lxml import etree

from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.markup.html import to_text
from relay.intake.parse import parse
from relay.intake.reading import fields
from relay.publish.cleaning import clean
from relay.publish.item import Item, items, utc
from relay.publish.places import PLACES
from tests.feeds.generated import FORMATS, SEEDS, edition, rendered
from tests.feeds.json_rules import json_findings
from tests.feeds.rules import findings
from tests.feeds.test_schema import SCHEMA

SUBSCRIPTIONS = ("atom", "rss", "json")


@dataclass(frozen=True)
class Read:
    """One entry as a reader has it; spaces are one."""

    id: str | None
    title: str
    link: str | None
    published: datetime | None
    updated: datetime | None
    summary: str
    text: str
    categories: tuple[str, ...]
    enclosures: tuple[tuple[str, str | None, int | None], ...]


def expected(seed: int, name: str) -> list[Read]:
    """What a reader of this blog should have; RSS has no date of a change, JSON Feed no item without content."""
    found = items(clean(edition(seed), edition(seed).feed.size))
    reads = [_expected(item, has_updates=name != "rss") for item in found]
    return [replace(read, text=read.text or read.title) for read in reads] if name == "json" else reads


def _expected(item: Item, *, has_updates: bool) -> Read:
    post, file, text = item.post, item.attachment, _words(to_text(item.content))
    return Read(
        id=post.id,
        title=_line(item.title),
        link=post.url,
        published=utc(post.published),
        updated=utc(post.updated) if has_updates else None,
        summary=_own(_words(post.lead), text),
        text=text,
        categories=tuple(dict.fromkeys(_line(tag.term) for tag in item.tags)),
        enclosures=((file.url, file.type, file.length),) if file else (),
    )


def _line(text: str | None) -> str:
    """Signs that steer the direction of a line or are not seen at all are no words."""
    return fields.line(text) or ""


def _words(text: str | None) -> str:
    """The same for a text of any length. relay reads references even where there should be none, so they are read."""
    return fields.one_line(unescape(unescape(text or "")))


def document(seed: int, name: str) -> ParsedFeed:
    place = PLACES[name]  # type: ignore[index]  # one of the formats
    return parse(rendered(seed, name), edition(seed).feed.link + place.path, place.media_type)


def _of_ours(entry: ParsedEntry, *, has_updates: bool) -> Read:
    text = _words(to_text(entry.content_html or ""))
    return Read(
        id=entry.id,
        title=_line(entry.title),
        link=entry.url,
        published=entry.published,
        updated=entry.updated if has_updates else None,
        summary=_own(_words(entry.summary), text),
        text=text,
        categories=tuple(map(_line, entry.categories)),
        enclosures=tuple((file.url, file.type, file.length) for file in entry.enclosures),
    )


def _of_feedparser(entry: Any, *, has_updates: bool) -> Read:
    text = _words(to_text(entry.content[0].value if "content" in entry else entry.get("summary", "")))
    return Read(
        id=entry.id,
        title=_line(entry.title),
        link=entry.link,
        published=_moment(entry.published_parsed),
        updated=_moment(entry.updated_parsed) if has_updates else None,
        summary=_own(_words(_plain(entry.get("summary", ""), entry)), text),
        text=text,
        categories=tuple(dict.fromkeys(_line(tag.term) for tag in entry.get("tags", ()))),
        enclosures=tuple((file.href, file.type, int(file.length)) for file in entry.enclosures),
    )


def _plain(summary: str, entry: Any) -> str:
    """Where there is none, feedparser gives the content instead."""
    detail = entry.get("summary_detail", {"value": ""})
    return to_text(summary) if detail.get("type") == "text/html" else str(detail["value"])


def _own(summary: str, text: str) -> str:
    """A lead that is the whole text is none: in RSS, what stands for a missing lead is the whole text."""
    return "" if summary == text else summary


def _moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_document_is_well_formed_and_earns_no_finding(seed: int) -> None:
    link = edition(seed).feed.link
    assert findings(rendered(seed, "atom"), f"{link}atom.xml") == []
    assert findings(rendered(seed, "rss"), f"{link}rss.xml") == []
    assert json_findings(rendered(seed, "json")) == []
    assert SCHEMA.validate(etree.fromstring(rendered(seed, "atom"))), SCHEMA.error_log


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_rendered_twice_is_the_same_bytes(seed: int) -> None:
    for module in FORMATS.values():
        assert module.render(edition(seed)) == module.render(edition(seed))


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_relay_reads_back_what_it_wrote(seed: int, name: str) -> None:
    found = document(seed, name)
    has_updates = name != "rss"

    assert (found.error, found.repaired) == (None, ())
    assert [_of_ours(entry, has_updates=has_updates) for entry in found.entries] == expected(seed, name)


@pytest.mark.parametrize("name", ["atom", "rss"])
@pytest.mark.parametrize("seed", SEEDS)
def test_feedparser_reads_back_what_relay_wrote(seed: int, name: str) -> None:
    found = feedparser.parse(rendered(seed, name), sanitize_html=False, resolve_relative_uris=False)
    has_updates = name != "rss"

    assert not found.bozo
    assert [_of_feedparser(entry, has_updates=has_updates) for entry in found.entries] == expected(seed, name)


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_head_is_read_back_too(seed: int, name: str) -> None:
    feed, found = clean(edition(seed)).feed, document(seed, name)
    place = PLACES[name]  # type: ignore[index]  # one of the formats

    assert (_line(found.title), found.url, found.language) == (_line(feed.title), feed.link, feed.language)
    assert found.self_url == feed.link + place.path
    assert found.hubs == feed.hubs
    if name != "json":
        assert _line(found.rights) == _line(feed.imprint.rights)
