"""How an account stands with its network: what it is held for, and what its server has said of its own limits."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.account import Limits


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing of the account is sent: ``why``, in a sentence for the editor, and since when.

    ``mark`` knows its secrets of then again and says nothing of them: with others, it is tried again.
    """

    why: str
    since: datetime
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """What an account's own server said when it was last asked: its limits, and what it is ("Mastodon 4.5.2")."""

    limits: Limits
    server: str
    fetched_at: datetime
