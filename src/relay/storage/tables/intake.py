"""What intake remembers of sources, hubs and the questions they raise."""

from sqlalchemy import Column, Float, Integer, LargeBinary, String, Table, Text

from relay.storage.tables.columns import Moment, key, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("due", Moment, index=True),
    Column("landed", Text, index=True),
    Column("state", Text, nullable=False),
    Column("origin", Text),
)

fetches = Table(
    "fetches",
    metadata,
    key(),
    Column("source_id", String(200), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("answer", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("saved", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("new", Integer, nullable=False),
    Column("edited", Integer, nullable=False),
    Column("notes", Text, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("name", String(300), primary_key=True),
    Column("until", Moment, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("why", Text, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("source_id", String(200), nullable=False, unique=True),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", Moment),
    Column("leased_at", Moment),
    Column("lease_until", Moment),
    Column("pushed_at", Moment),
    Column("misses", Integer, nullable=False, default=0),
    Column("note", Text, nullable=False, default=""),
)

pushes = Table(
    "pushes",
    metadata,
    key(),
    Column("source_id", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("content_type", Text),
    Column("body", LargeBinary, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    key(),
    Column("source_id", String(200), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("entries", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment, index=True),
    Column("answer", String(20), nullable=False, default=""),
    Column("by", String(200), nullable=False, default=""),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("strikes", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

sketches = Table(
    "sketches",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("kept", LargeBinary, nullable=False),
)
