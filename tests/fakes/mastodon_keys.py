"""The ``Idempotency-Key`` as each dialect keeps it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tests.fakes.mastodon_dialects import Dialect
from tests.fakes.wire import Reply

_LOCKED = {"error": "There was a temporary problem serving your request, please try again"}


@dataclass(slots=True)
class Ring:
    """The keys that were seen, when, and what was answered to each."""

    seen: dict[str, tuple[datetime, Reply | None]] = field(default_factory=dict)
    busy: list[str] = field(default_factory=list)

    def once(self, key: str, dialect: Dialect, now: datetime, post: Callable[[], tuple[Reply, bool]]) -> Reply:
        """The answer of ``post``, or what stands in for it; with it comes whether a status was stored.

        A key is known only once its status is, but to Pixelfed, which keeps it before it tries. Without one all are new.
        """
        if not key:
            return post()[0]
        if dialect.locks and key in self.busy:
            return _reply(503, _LOCKED)
        if known := self._known(key, dialect, now):
            return known
        if dialect.keys == "refused":
            self.seen[key] = (now, None)
        self.busy.append(key)
        reply, is_stored = post()
        self.busy.remove(key)
        if dialect.keys == "replayed" or (dialect.keys in {"first", "error"} and is_stored):
            self.seen[key] = (now, reply)
        return reply

    def _known(self, key: str, dialect: Dialect, now: datetime) -> Reply | None:
        since, first = self.seen.get(key, (None, None))
        if since is None or now - since >= dialect.key_lifetime:
            return None
        match dialect.keys, first:
            case "first", Reply():
                return first
            case "replayed", Reply(status, body, headers):
                return Reply(status, body, {**headers, "idempotent-replayed": "true"})
            case "refused", _:
                return _reply(400, {"message": "Duplicate idempotency key."})
        return _reply(500, {"error": "Internal Server Error"})


def _reply(status: int, content: dict[str, str]) -> Reply:
    return Reply(status, json.dumps(content).encode())
