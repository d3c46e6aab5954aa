"""One visit to one host: its requests one after the other, until the host, or the visit's time, has had enough."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from time import monotonic

from relay.pipeline.desk import Desk
from relay.pipeline.polling.asking import Polled, ask
from relay.pipeline.polling.turns import Asking
from relay.pipeline.reading.reader import Reader
from relay.storage.database import Database

OF_A_HOST = 10
"""Requests to one host in a visit, each a second after the other; the rest has its turn in the next."""
PATIENCE = 60.0
"""Seconds after which a host has had its share."""


def visit(
    db: Database, reader: Reader, desk: Desk, askings: Iterable[Asking], moment: Callable[[], datetime]
) -> Iterator[Sequence[Polled]]:
    """What each request has brought, as soon as it is stored; ``moment`` is what time it is then."""
    begun = monotonic()
    for asking in askings:
        asked = ask(db, reader, desk, asking, moment())
        yield asked.polled
        if asked.is_enough or monotonic() - begun > PATIENCE:
            return
