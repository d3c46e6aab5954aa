"""All tables of relay's: whoever needs them whole takes the metadata from here, where none is missing."""

from relay.storage.tables import (  # noqa: F401  # each brings its tables to the metadata
    accounts,
    editorial,
    finding,
    hub,
    intake,
    notices,
    parts,
    people,
    posted,
    programs,
    remarks,
    review,
    service,
    working,
)
from relay.storage.tables.columns import metadata

__all__ = ["metadata"]
