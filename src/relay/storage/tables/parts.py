"""Which feeds are made of a feed, and up to which change its posts were looked at for that."""

from sqlalchemy import BigInteger, Column, String, Table, Text, UniqueConstraint

from relay.storage.tables.columns import Moment, key, metadata

parts = Table(
    "parts",
    metadata,
    key(),
    Column("feed", String(64), nullable=False),
    Column("axis", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("value", Text, nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("feed", "axis", "name"),
)

parted = Table(
    "parted",
    metadata,
    Column("feed", String(64), primary_key=True),
    Column("axis", String(20), primary_key=True),
    Column("selection", String(64), nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("at", Moment),
)
