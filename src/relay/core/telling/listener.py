"""Who is told of what: one ``[notify.…]`` of the configuration."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from relay.core.route import Slot


class Kind(StrEnum):
    """What can be told of."""

    WAITING = "waiting"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    TOKEN_EXPIRING = "token-expiring"  # noqa: S105  # a word of the configuration
    EXPIRED = "expired"
    HELD = "held"
    STOPPED = "stopped"


GAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Listener:
    """``mails`` are addresses, ``rooms`` accounts in whose rooms editors are told; all of them hear the same.

    Without a ``digest`` what happens is told at once, by one message in each ``gap`` at most, which gathers it.
    It is about the accounts in ``scope``, about all where none is named. ``language`` is ``fr`` or ``en``.
    """

    id: str
    mails: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    digest: Slot | None = None
    gap: timedelta = GAP
    scope: tuple[str, ...] = ()
    language: str = "fr"

    def hears(self, kind: Kind, account: str | None) -> bool:
        """Whether it wants to know that; what is about no account is about all."""
        return kind in self.kinds and (account is None or not self.scope or account in self.scope)


@dataclass(frozen=True, slots=True)
class Reader:
    """One of those who hear what a listener hears: a mailbox, or a room."""

    listener: str
    is_room: bool
    name: str
    """The address, or the account."""


def readers(listener: Listener, mails: bool = True) -> Collection[Reader]:  # noqa: FBT001, FBT002
    """All of them; without the mailboxes where no letter can be sent."""
    boxes = [Reader(listener.id, is_room=False, name=one) for one in listener.mails] if mails else []
    return (*boxes, *(Reader(listener.id, is_room=True, name=one) for one in listener.rooms))
