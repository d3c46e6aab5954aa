"""Who may sign in, by what, and who has."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text, text

from relay.storage.tables.columns import Moment, metadata

users = Table(
    "users",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("created_at", Moment, nullable=False),
    Column("accounts", Text, nullable=False, server_default="[]"),
    Column("email", String(320), nullable=False, server_default=text("''"), index=True),
    Column("handle", String(64), nullable=False, server_default=text("''"), index=True),
    Column("password", Text, nullable=False, server_default=text("''")),
    Column("subject", Text, nullable=False, server_default=text("''"), index=True),
    Column("seen_at", Moment),
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
    Column("begun_at", Moment),
    Column("seen_at", Moment),
    Column("browser", String(80), nullable=False, server_default=text("''")),
    Column("way", String(20), nullable=False, server_default=text("''")),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", String(1400), primary_key=True),
    Column("user", ForeignKey("users.name"), nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("uses", BigInteger, nullable=False),
    Column("name", String(100), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("used_at", Moment),
)

ceremonies = Table(
    "ceremonies",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("network", String(64), nullable=False, index=True),
    Column("kept", Text, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

tries = Table(
    "tries",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("amount", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("last", Moment, nullable=False, index=True),
)
