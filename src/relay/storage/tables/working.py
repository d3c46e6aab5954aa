"""Who works where relay is many processes: what one of them leads by, which there are, and whose turn a host's is.

All times in these tables are the database's own: the clocks of several machines are not one.
"""

from sqlalchemy import BigInteger, Column, String, Table, Text

from relay.storage.tables.columns import Moment, metadata

leases = Table(
    "leases",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("term", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("host", String(255), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("version", String(50), nullable=False),
    Column("doing", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("free_at", Moment, nullable=False),
)
