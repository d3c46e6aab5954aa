"""What the pages need of the service around them: one frozen value, made by the wiring."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

import httpx

from relay.core.ailment import Ailing
from relay.core.crosspost import Keys
from relay.core.retired import Retired
from relay.core.signing.ways import SignIn
from relay.core.unread import Unread
from relay.pipeline.alarms import Moment
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.pipeline.telling.wishes import Wishes
from relay.storage.database import Database


@dataclass(frozen=True, slots=True)
class Office:
    """``mint`` gives the keys of one approval, ``nudge`` wakes the delivery, ``token`` gives an unguessable text.

    ``reader`` asks sources where an editor wants it; ``brought`` says that it had news, which the feeds lack.
    ``arrived`` wakes whoever reads what hubs push, ``asked`` relay's own hub. ``posting`` is the way to networks.
    ``post_letter`` sends a letter (to, subject, text), where relay can send any.
    """

    db: Database
    desk: Desk
    reader: Reader
    feeds: Path
    public_url: str
    language: str
    zone: str
    clock: Callable[[], datetime]
    mint: Callable[[], Keys]
    token: Callable[[], str]
    nudge: Callable[[], None]
    posting: httpx.Client
    arrived: Callable[[], None] = lambda: None
    brought: Callable[[], None] = lambda: None
    asked: Callable[[], None] = lambda: None
    retired: tuple[Retired, ...] = ()
    sign_in: SignIn = SignIn()
    post_letter: Callable[[str, str, str], None] | None = None
    wishes: Wishes | None = None
    """Who is told of what outside the pages."""
    ailing: Callable[[], tuple[Ailing, ...]] = tuple
    """What of the machine fails relay now."""
    ails: Callable[[BaseException], Ailing | None] = lambda _: None
    """What of the machine an error comes from."""
    unread: Callable[[], Unread | None] = lambda: None
    """The configuration that was to be taken and is not."""
    contact: str = ""
    """Where whoever runs the service is written to."""
    glances: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))
    """How many pictures that relay does not keep are looked at at once."""

    def moment(self) -> Moment:
        """What alarms are told by, as of now."""
        return Moment(self.desk, self.clock(), self.ailing(), self.unread())

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the pages over TLS."""
        return self.public_url.startswith("https:")
