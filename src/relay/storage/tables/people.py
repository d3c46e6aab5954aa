"""Who may sign in, and who has."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from relay.storage.tables.columns import Moment, metadata

users = Table(
    "users",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("created_at", Moment, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("expires_at", Moment, nullable=False),
)
