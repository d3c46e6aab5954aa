"""How accounts stand, what connects them, who is on the way to connect one, and what was foretold."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text

from relay.storage.tables.columns import Moment, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("allowance_left", Integer),
    Column("allowance_until", Moment),
    Column("limits", Text),
    Column("server", Text),
    Column("fetched_at", Moment),
    Column("asked_at", Moment),
    Column("held_why", Text),
    Column("held_since", Moment),
    Column("held_mark", String(64)),
)

grants = Table(
    "grants",
    metadata,
    Column("account", String(200), primary_key=True),
    Column("key_id", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("whose", Text, nullable=False),
    Column("connected_by", String(200), nullable=False),
    Column("connected_at", Moment, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("ends_at", Moment),
    Column("refreshes", Boolean, nullable=False),
    Column("refresh_at", Moment, index=True),
    Column("lease_until", Moment),
    Column("note", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("account", String(200), nullable=False),
    Column("session", String(64), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("redirect", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

foretold = Table(
    "foretold",
    metadata,
    Column("account", String(200), primary_key=True),
    Column("ends_at", Moment, primary_key=True),
    Column("days", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
)
