"""Cross-posts, the letters that several leave as, every attempt to send one, who moved it, and what stops them all."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from relay.storage.tables.columns import Moment, key, metadata

crossposts = Table(
    "crossposts",
    metadata,
    key(),
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
    Column("parts", Text, nullable=False, server_default="[]"),
    Column("live", Text),
    Column("remote_id", Text),
    Column("remote_url", Text),
    Column("note", Text, nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("unseen_at", Moment),
    Column("wanted_at", Moment),
    Column("wanted_by", String(200)),
    UniqueConstraint("entry_id", "account"),
    Index(None, "state", "not_before"),
    Index(None, "state", "entry_id", "id", "account"),
    Index(None, "account", "state", "changed_at"),
)

issues = Table(
    "issues",
    metadata,
    key(),
    Column("account", String(200), nullable=False),
    Column("key", String(400), nullable=False, unique=True),
    Column("members", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    key(),
    Column("crosspost_id", ForeignKey("crossposts.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("started_at", Moment, nullable=False, index=True),
    Column("finished_at", Moment),
    Column("outcome", String(20)),
    Column("why", Text),
    UniqueConstraint("crosspost_id", "attempt"),
)

audit = Table(
    "audit",
    metadata,
    key(),
    Column("crosspost_id", ForeignKey("crossposts.id"), index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("means", String(20), nullable=False),
    Column("from_state", String(20)),
    Column("to_state", String(20)),
    Column("revision", Integer),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("words", String(64)),
    Column("hash", String(64), nullable=False),
)

wordings = Table(
    "wordings",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("draft", Text, nullable=False),
)

stops = Table(
    "stops",
    metadata,
    key(),
    Column("who", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("lifted_by", String(200)),
    Column("lifted_at", Moment, index=True),
)
