"""Whom relay's own hub tells, what is to be asked of them, what has changed, and what other hubs know of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from relay.storage.tables.columns import Moment, key, metadata


def _progress() -> Iterator[Column[Any]]:
    """How far somebody has been told."""
    yield Column("version", String(64), nullable=False)
    yield Column("at", Moment)
    yield Column("attempts", Integer, nullable=False)
    yield Column("not_before", Moment)
    yield Column("failing_since", Moment)
    yield Column("note", Text, nullable=False)


topics = Table(
    "topics",
    metadata,
    Column("feed", String(200), primary_key=True),
    Column("path", String(200), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("stamp", String(100), nullable=False),
    Column("changed_at", Moment, nullable=False),
)

errands = Table(
    "errands",
    metadata,
    key(),
    Column("mode", String(20), nullable=False),
    Column("address", Text, nullable=False),
    Column("callback", Text, nullable=False),
    Column("host", String(255), nullable=False, index=True),
    Column("secret", Text, nullable=False),
    Column("lease_seconds", Integer, nullable=False),
    Column("not_before", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("callback", "address"),
)

subscribers = Table(
    "subscribers",
    metadata,
    key(),
    Column("feed", String(200), nullable=False),
    Column("path", String(200), nullable=False),
    Column("address", Text, nullable=False),
    Column("callback", Text, nullable=False),
    Column("host", String(255), nullable=False, index=True),
    Column("secret", Text, nullable=False),
    Column("lease_until", Moment, nullable=False, index=True),
    *_progress(),
    UniqueConstraint("callback", "address"),
    Index(None, "feed", "path"),
)

pings = Table(
    "pings",
    metadata,
    Column("hub", String(500), primary_key=True),
    Column("feed", String(200), primary_key=True),
    Column("path", String(200), primary_key=True),
    *_progress(),
)
