"""Who is named below a post beside its own source: whoever brings the same news."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.entry import Entry
from relay.core.normalise import revised
from relay.core.post import Credit, Post
from relay.core.source import Source
from relay.core.typography.typeset import typeset
from relay.pipeline.desk import Desk
from relay.storage import entries, holding


def of(source: Source, post: Post, url: str) -> Credit:
    """What names ``source`` below ``post``: its name, typeset as the credit is, with the address of its own entry."""
    return Credit(typeset(source.name, post.language), url)


def give(tx: Connection, entry_id: int, credit: Credit, now: datetime) -> Entry | None:
    """The entry with one credit more, where it does not name that source yet; ``None`` if there is no such entry."""
    entry = entries.get(tx, entry_id)
    if entry is None:
        return None
    named = {entry.post.credit.rpartition(":")[2].strip(), *(one.label for one in entry.post.also)}
    return entry if credit.label in named else put(tx, entry, (*entry.post.also, credit), now)


def labels(desk: Desk, source_ids: Collection[str], post: Post) -> set[str]:
    """What names these sources below ``post``; not those that the configuration has no more."""
    return {of(desk.sources[id], post, "").label for id in source_ids if id in desk.sources}


def remove(tx: Connection, entry_id: int, leaving: Collection[str], now: datetime) -> tuple[Credit, ...]:
    """The credits with these labels are no longer due: those that there were."""
    entry = entries.get(tx, entry_id)
    gone = tuple(one for one in entry.post.also if one.label in leaving) if entry else ()
    if entry and gone:
        put(tx, entry, tuple(one for one in entry.post.also if one not in gone), now)
    return gone


def take(tx: Connection, entry_id: int, url: str, now: datetime) -> None:
    """The credit with this address is no longer due."""
    if entry := entries.get(tx, entry_id):
        put(tx, entry, tuple(one for one in entry.post.also if one.url != url), now)


def readdress(tx: Connection, entry_id: int, before: str, credit: Credit, now: datetime) -> None:
    """The source of this credit has its own entry no more at ``before``, but at another address."""
    if before != credit.url and (entry := entries.get(tx, entry_id)):
        old = Credit(credit.label, before)
        put(tx, entry, tuple(credit if one == old else one for one in entry.post.also), now)


def put(tx: Connection, entry: Entry, also: tuple[Credit, ...], now: datetime) -> Entry:
    """The entry with these credits: its post's ``updated`` moves, its source's revisions do not count it."""
    taken = holding.moments(tx, now.replace(microsecond=0))
    post = revised(entry.post, replace(entry.post, also=also), now, taken=taken)
    holding.show(tx, entry.id, post)
    return replace(entry, post=post)
