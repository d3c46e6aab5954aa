"""How each member likes the pages: the keys that differ from those that come with relay."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from relay.storage import rows
from relay.storage.tables.remarks import preferences


@dataclass(frozen=True, slots=True)
class Preferences:
    """``keys`` by what they do; ``are_off``: no single key does anything."""

    keys: Mapping[str, str] = field(default_factory=dict)
    are_off: bool = False


def get(tx: Connection, user: str) -> Preferences:
    """What a member has chosen, or nothing yet."""
    text = tx.execute(select(preferences.c.chosen).where(preferences.c.user == user)).scalar()
    return rows.load_or_none(text, Preferences) or Preferences()


def put(tx: Connection, user: str, chosen: Preferences) -> None:
    """Keep what a member has chosen, in place of what there was."""
    tx.execute(delete(preferences).where(preferences.c.user == user))
    tx.execute(insert(preferences).values(user=user, chosen=rows.dump(chosen)))
