"""What telling needs beside the desk: who listens, how letters leave, and how times and sentences are said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from relay.core.account import Account
from relay.core.crosspost import Keys
from relay.core.telling.listener import Listener

Said = Callable[[str, str], str]
"""``said(sentence, language)``: one of relay's own sentences, in ``fr`` or ``en``."""
Hour = Callable[[datetime, datetime, str], str]
"""``hour(moment, now, language)``: a time as the pages write it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """``mail`` hands letters over, ``None`` where none can be sent; ``zone`` is that of digests (IANA name).

    ``mint`` gives the keys of one message, ``label`` a network's name as its own people write it.
    """

    listeners: tuple[Listener, ...]
    mail: Account | None
    zone: str
    said: Said
    hour: Hour
    label: Callable[[str], str]
    mint: Callable[[], Keys]

    def listener(self, id: str) -> Listener | None:
        """One of them."""
        return next((one for one in self.listeners if one.id == id), None)
