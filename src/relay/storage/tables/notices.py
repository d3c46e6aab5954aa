"""What editors are told of outside the page, in which messages, and the links in them that were used."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from relay.storage.tables.columns import Moment, key, metadata

listeners = Table(
    "listeners",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("seen", BigInteger, nullable=False),
    Column("since", Moment, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    key(),
    Column("listener", String(200), nullable=False),
    Column("key", String(400), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("crosspost_id", ForeignKey("crossposts.id"), index=True),
    Column("account", String(200)),
    Column("state", String(20)),
    Column("said", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("bulletin", BigInteger),
    UniqueConstraint("listener", "key"),
    Index(None, "listener", "bulletin"),
)

messages = Table(
    "messages",
    metadata,
    key(),
    Column("bulletin", BigInteger, nullable=False),
    Column("listener", String(200), nullable=False),
    Column("is_room", Boolean, nullable=False),
    Column("reader", String(400), nullable=False),
    Column("state", String(20), nullable=False),
    Column("keys", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("not_before", Moment),
    Column("lease_until", Moment),
    Column("request", Text),
    Column("sent", Text),
    Column("note", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("bulletin", "is_room", "reader"),
    Index(None, "state", "not_before"),
    Index(None, "listener", "made_at"),
)

used_links = Table(
    "used_links",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("used_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)
