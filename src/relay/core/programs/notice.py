"""What a program is told of one line of the journal: under one id, however often it is told."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from relay.core.crosspost import State
from relay.core.programs.happening import Happening, happening
from relay.core.review.chain import Record

STOP = "emergency stop"
"""The subject of the journal's lines about it."""
_STOPS = {"lifted": "relay.resumed"}
"""Whoever hears of a stop hears of its end, too."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what it is about: account, entry (id, title and address at its source), the post's address."""

    record: Record
    account: str = ""
    entry_id: int | None = None
    title: str | None = None
    url: str | None = None
    remote_url: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message: its ``id`` is the receiver's key, ``body`` JSON."""

    id: str
    body: str


def of(told: Told) -> Happening | None:
    """What the line tells; ``None`` where nobody outside needs to hear of it."""
    record = told.record
    if record.crosspost is None or record.to_state is None:
        return Happening.STOPPED if record.subject == STOP else None
    before = State(record.from_state) if record.from_state else None
    return happening(before, State(record.to_state), record.what)


def notice(told: Told, event: Happening) -> Notice:
    """The message of Standard Webhooks (https://www.standardwebhooks.com): ``type``, ``timestamp`` and ``data``.

    Times are those of the event, in UTC.
    """
    record = told.record
    id = f"evt_{record.at.astimezone(UTC):%Y%m%dT%H%M%SZ}_{record.line}"
    entry = {"id": told.entry_id, "title": told.title, "url": told.url} if told.entry_id is not None else None
    data = {
        "crosspost": record.crosspost,
        "entry": entry,
        "account": told.account or None,
        "from": record.from_state,
        "state": record.to_state,
        "revision": record.revision,
        "actor": {"who": record.who, "means": record.means},
        "what": record.what,
        "url": told.remote_url,
    }
    kind = f"crosspost.{event}" if event is not Happening.STOPPED else _STOPS.get(record.what, f"relay.{event}")
    said = {"id": id, "type": kind, "timestamp": _written(record.at), "data": data}
    return Notice(id, json.dumps(said, ensure_ascii=False, sort_keys=True))


def trial(at: datetime) -> Notice:
    """What is sent to see whether a receiver takes it."""
    moment = at.astimezone(UTC)
    id = f"evt_{moment:%Y%m%dT%H%M%S%fZ}_test"
    said = {"id": id, "type": "relay.test", "timestamp": _written(at), "data": {}}
    return Notice(id, json.dumps(said, sort_keys=True))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
