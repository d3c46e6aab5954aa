"""What other tools had posted before relay came."""

from sqlalchemy import Column, String, Table, Text

from relay.storage.tables.columns import Moment, metadata

posted = Table(
    "posted",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("how", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("moment", Moment),
)
