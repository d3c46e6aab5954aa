"""What names outgoing feeds for ever, what stands in each, how far its folder is, which loops live, and copies."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from relay.storage.tables.columns import Moment, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("tag", Text, nullable=False),
    Column("seen", BigInteger, nullable=False, default=0, server_default="0"),
    Column("looks", String(64)),
    Column("published_at", Moment),
    Column("writers", Integer, nullable=False, default=0, server_default="0"),
    Column("begun_at", Moment),
)

printed = Table(
    "printed",
    metadata,
    Column("feed", String(200), primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), primary_key=True, index=True),
    Column("published", Moment, nullable=False),
    Column("picture", String(64)),
    Column("gone_at", Moment),
    Column("archive", Integer),
    Index(None, "feed", "published", "entry_id"),
    Index(None, "feed", "gone_at"),
    Index(None, "feed", "picture"),
    Index(None, "feed", "archive", "published", "entry_id"),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("loop", String(50), primary_key=True),
    Column("at", Moment, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("made_at", Moment, primary_key=True),
    Column("seen_at", Moment),
)

compatibility = Table(
    "compatibility",
    metadata,
    Column("oldest", String(32), primary_key=True),
)
"""No row, or the schema of the oldest version that may work on this database: a step that takes away says it."""
