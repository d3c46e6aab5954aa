"""What editors say to each other, the words that others took the place of, and how each member likes the pages."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from relay.storage.tables.columns import Moment, key, metadata

remarks = Table(
    "remarks",
    metadata,
    key(),
    Column("crosspost_id", ForeignKey("crossposts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("struck_at", Moment),
)

revisions = Table(
    "revisions",
    metadata,
    Column("crosspost_id", ForeignKey("crossposts.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("draft", Text, nullable=False),
)

earlier = Table(
    "earlier",
    metadata,
    key(),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    Column("until", Moment, nullable=False),
    Column("post", Text, nullable=False),
    Index(None, "entry_id", "until"),
)

preferences = Table(
    "preferences",
    metadata,
    Column("user", ForeignKey("users.name"), primary_key=True),
    Column("chosen", Text, nullable=False),
)
