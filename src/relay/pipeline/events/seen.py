"""How the hooks do, for whoever looks after relay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.programs.hook import Hook, Position
from relay.networks.wire import standard
from relay.storage import positions


@dataclass(frozen=True, slots=True)
class Seen:
    """A hook, how far it is, and how it stands; ``why`` it is not fine, in a sentence."""

    hook: Hook
    position: Position
    standing: str
    why: str


def every(tx: Connection, hooks: Sequence[Hook], now: datetime) -> list[Seen]:
    """All that are configured, in the order of the file."""
    known, last = positions.every(tx), positions.last(tx)
    return [_seen(hook, known.get(hook.id, Position(hook.id, hook.url, last)), now) for hook in hooks]


def _seen(hook: Hook, position: Position, now: datetime) -> Seen:
    is_unfit = hook.secret is None or standard.key_in(hook.secret.value) is None
    standing = "secret" if is_unfit else position.standing(now)
    return Seen(hook, position, standing, standard.WANTED if is_unfit else position.note)
