"""What names outgoing feeds for ever, and which loops live."""

from sqlalchemy import Column, String, Table, Text

from relay.storage.tables.columns import Moment, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("tag", Text, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("loop", String(50), primary_key=True),
    Column("at", Moment, nullable=False),
)
