"""The tokens of programs, and how far each hook has been told what happened."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from relay.storage.tables.columns import Moment, key, metadata

tokens = Table(
    "tokens",
    metadata,
    key(),
    Column("name", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("accounts", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("ended_at", Moment),
    Column("used_at", Moment),
)

positions = Table(
    "positions",
    metadata,
    Column("hook", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("told_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment),
    Column("failing_since", Moment),
    Column("ended_at", Moment),
    Column("note", Text, nullable=False),
)
