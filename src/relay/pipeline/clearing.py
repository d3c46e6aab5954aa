"""Before anything leaves: a clock that was set back, a copy that was put back, attempts of which nothing was heard."""

from collections.abc import Callable

import httpx

from relay.pipeline.delivering.shift import Clock
from relay.pipeline.desk import Desk
from relay.pipeline.restoring import look_over
from relay.pipeline.setback import before_delivering
from relay.pipeline.tidy import tidy
from relay.storage.database import Database


def cleared(db: Database, http: httpx.Client, desk: Desk, clock: Clock, lives: Callable[[], None]) -> bool:
    """Whether anything may leave now; ``lives`` is called again and again, for networks that are asked take time."""
    before_delivering(db, desk, clock())
    if not look_over(db, http, desk, clock, lives):
        return False
    tidy(db, http, desk, clock())
    lives()
    return True
