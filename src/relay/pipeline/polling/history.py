"""A source's older documents, once, because somebody asks: entries are published and recorded, none is announced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from relay.core.document import Fetched, Gone, NotModified, ParsedEntry, ParsedFeed
from relay.core.identity.recognition import recognise, sought, trustworthy
from relay.core.source import Backlog, Source, Validators
from relay.intake.fetch import fetch
from relay.intake.history import MOST, Read, older
from relay.intake.parse import parse
from relay.intake.wire.over_httpx import OverHttpx
from relay.pipeline.desk import Desk
from relay.pipeline.storing import merging
from relay.pipeline.storing.store import Stored, store
from relay.pipeline.today import current
from relay.storage.database import Database


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How many older documents were read, what became of their entries, and why there are no more, if that is known."""

    documents: int
    stored: Stored
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Where to begin: the newest document, or ``None`` to fetch it, and how many older ones to follow.

    ``told`` is called with the address of each before it is fetched, ``read`` with what is there.
    """

    document: ParsedFeed | None = None
    most: int = MOST
    told: Callable[[str], None] = lambda _: None
    read: Read = parse


def read_back(db: Database, http: httpx.Client, desk: Desk, source: Source, way: Way, now: datetime) -> ReadBack:
    """Follow the archives of ``source``; when it is polled next, and what is new in its feed, stays as it is."""
    newest = way.document or _newest(http, source, way.read)
    if newest.error:
        return ReadBack(0, Stored(), newest.error)
    found = older(http, source.id, newest, way.most, way.told, way.read)
    shown = {_name(entry) for entry in newest.entries}
    past = tuple(entry for entry in found.entries if _name(entry) not in shown)
    with db.write() as tx:
        silent = replace(source, backlog=Backlog())
        known = merging.known(tx, desk, source, sought(past))
        new = tuple(one.entry for one in recognise(trustworthy(past), known) if one.owner is None)
        today = current(tx, desk)
        stored = store(tx, today, silent, ParsedFeed(entries=new), now, is_backlog=True)  # old words over none newer
    note = found.note or (None if found.documents else "The feed names no older documents.")
    return ReadBack(found.documents, stored, note)


def _newest(http: httpx.Client, source: Source, read: Read) -> ParsedFeed:
    """Unconditionally: of a 304 we should not learn where the older documents are."""
    match fetch(OverHttpx(http), source.url, source.id, Validators()):
        case Fetched() as answer:
            return read(answer.body, answer.url, answer.content_type)
        case Gone() | NotModified():
            return ParsedFeed(error="The feed is not there any more.")
        case other:
            return ParsedFeed(error=other.why)


def _name(entry: ParsedEntry) -> object:
    return entry.id or entry.url or (entry.title, entry.published)
