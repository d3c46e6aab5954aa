"""Every table. What crosses into the core is made of these rows by the modules beside this one."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite, which gives times back without a zone, is put right."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Only aware times are stored."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        utc = value.astimezone(UTC) if value else None
        return utc.replace(tzinfo=None) if utc and dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Times come back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _key(name: str = "id") -> Column[Any]:
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


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
    _key(),
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
    _key(),
    Column("source_id", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("content_type", Text),
    Column("body", LargeBinary, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    _key(),
    Column("source_id", String(200), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("entries", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment, index=True),
    Column("answer", String(20), nullable=False, default=""),
    Column("by", String(200), nullable=False, default=""),
)

entries = Table(
    "entries",
    metadata,
    _key(),
    Column("source_id", String(200), nullable=False),
    Column("guid", Text),
    Column("url", Text),
    Column("title", Text),
    Column("fingerprint", String(64), nullable=False),
    Column("revisions", Integer, nullable=False, default=0, server_default="0"),
    Column("first_seen", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("slug", String(200), nullable=False, unique=True),
    Column("published", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
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

crossposts = Table(
    "crossposts",
    metadata,
    _key(),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    Column("account", String(200), nullable=False),
    Column("route", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("draft", Text, nullable=False),
    Column("edited_by", String(200)),
    Column("approvals", Text, nullable=False),
    Column("keys", Text),
    Column("request", Text),
    Column("not_before", Moment),
    Column("attempt", Integer, nullable=False, default=0),
    Column("lease_until", Moment),
    Column("remote_id", Text),
    Column("remote_url", Text),
    Column("note", Text, nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("entry_id", "account"),
    Index(None, "state", "not_before"),
    Index(None, "account", "state", "changed_at"),
)

attempts = Table(
    "attempts",
    metadata,
    _key(),
    Column("crosspost_id", ForeignKey("crossposts.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("outcome", String(20)),
    Column("why", Text),
    UniqueConstraint("crosspost_id", "attempt"),
)

audit = Table(
    "audit",
    metadata,
    _key(),
    Column("crosspost_id", ForeignKey("crossposts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("means", String(20), nullable=False),
    Column("from_state", String(20)),
    Column("to_state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("what", Text, nullable=False),
)

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
