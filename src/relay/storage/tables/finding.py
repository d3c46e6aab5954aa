"""What cross-posts are found by."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from relay.storage.tables.columns import metadata

findable = Table(
    "findable",
    metadata,
    Column(
        "crosspost_id",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("crossposts.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("source_id", String(200), nullable=False),
    Column("alike", String(32), nullable=False, index=True),
    Column("words", Text, nullable=False),
)
"""``words`` are those of the headline and of the text, folded; it is narrow, so that all of it is read quickly.

``alike`` is the same for headlines of the same words, and empty where they say too little. ``source_id`` is the
source whose words the entry has.
"""
