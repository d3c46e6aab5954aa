"""Entries, the names they are known by, their pictures, and the bodies that editors named."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from relay.storage.tables.columns import Moment, key, metadata

entries = Table(
    "entries",
    metadata,
    key(),
    Column("source_id", String(200), nullable=False),
    Column("guid", Text),
    Column("url", Text),
    Column("title", Text),
    Column("fingerprint", String(64), nullable=False),
    Column("revisions", Integer, nullable=False, default=0, server_default="0"),
    Column("first_seen", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("held_until", Moment, index=True),
    Column("merged_into", BigInteger, index=True),
    Column("slug", String(200), nullable=False, unique=True),
    Column("published", Moment, nullable=False),
    Column("updated", Moment, nullable=False, index=True),
    Column("changed", BigInteger, nullable=False, default=0, server_default="0", index=True),
    Column("post", Text, nullable=False),
    Index(None, "source_id", "published"),
)

identities = Table(
    "identities",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), nullable=False, index=True),
    Index(None, "kind", "value"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("alt", Text, nullable=False, default=""),
    Column("credit", Text, nullable=False, default=""),
    Column("state", String(20), nullable=False, index=True),
    Column("why", Text, nullable=False, default=""),
    Column("tries", Integer, nullable=False, default=0),
    Column("due", Moment),
    Column("digest", String(64), index=True),
)

renditions = Table(
    "renditions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("need", String(20), primary_key=True),
    Column("type", String(40), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)

bodies = Table(
    "bodies",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)
