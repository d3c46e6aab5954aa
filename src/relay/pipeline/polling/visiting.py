"""One visit to one host: its requests one after the other, until the host, or the visit's time, has had enough."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from relay.pipeline.desk import Desk
from relay.pipeline.polling.asking import Begun, Polled, ask
from relay.pipeline.polling.turns import Asking
from relay.pipeline.reading.reader import Reader
from relay.storage.database import Database

OF_A_HOST = 10
"""Requests to one host in a visit, each a second after the other; the rest has its turn in the next."""
PATIENCE = 60.0
"""Seconds after which a host has had its share."""


@dataclass(slots=True)
class Visit:
    """What is to be asked at a host; the first of it may have ``begun`` already."""

    askings: Iterable[Asking]
    since: float = field(default_factory=monotonic)
    begun: Begun | None = None

    @property
    def is_over(self) -> bool:
        """Whether its host has had its share."""
        return monotonic() - self.since > PATIENCE

    def first(self) -> Begun | None:
        """What has begun, and is kept no longer: its body may be large."""
        begun, self.begun = self.begun, None
        return begun


def visit(
    db: Database, reader: Reader, desk: Desk, own: Visit, moment: Callable[[], datetime]
) -> Iterator[Sequence[Polled]]:
    """What each request has brought, as soon as it is stored; ``moment`` is what time it is then."""
    for asking in own.askings:
        asked = ask(db, reader, desk, asking, moment(), own.first())
        yield asked.polled
        if asked.is_enough or own.is_over:
            return
