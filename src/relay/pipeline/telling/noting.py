"""What has happened becomes rows to be told, once each: out of the audit, which no event escapes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.telling.happening import kind_of
from relay.core.telling.listener import Kind, Listener
from relay.core.telling.notice import Notice
from relay.pipeline.stopping import SUBJECT
from relay.pipeline.telling.wishes import Wishes
from relay.storage import messages, notices
from relay.storage.database import Database
from relay.storage.notices import Happened, Heard

AT_ONCE = 500
"""Lines of the audit that are read in one transaction."""
SET_RIGHT = timedelta(days=7)
"""How long what a room was told is kept true."""
FRESH = timedelta(days=30)
"""How old an end that was foretold may be to be told: what was told long ago is forgotten, and not told again."""
_RELAY = "relay"


def note(db: Database, wishes: Wishes, now: datetime) -> int:
    """Everything new, for every listener; how much there was."""
    return sum(_note(db, listener, now) for listener in wishes.listeners)


def _note(db: Database, listener: Listener, now: datetime) -> int:
    found = 0
    while _has_news(db, listener, now):
        with db.write() as tx:
            heard = notices.heard(tx).get(listener.id) or notices.begin(tx, listener.id, now)
            lines = notices.after(tx, heard.line, AT_ONCE)
            news = [*_told(listener, lines), *_endings(tx, listener, heard, now)]
            found += notices.put(tx, news)
            if lines:
                _heard(tx, listener, lines, now)
    return found


def _has_news(db: Database, listener: Listener, now: datetime) -> bool:
    """Whether there is anything to write, so that nothing is written where there is not."""
    with db.read() as tx:
        heard = notices.heard(tx).get(listener.id)
        if heard is None or heard.line < notices.last_line(tx):
            return True
        rest = list(_endings(tx, listener, heard, now))
        return bool(rest) and not notices.are_known(tx, rest)


def _heard(tx: Connection, listener: Listener, lines: Sequence[Happened], now: datetime) -> None:
    """It has heard these; what rooms were told of the same cross-posts is set right."""
    touched = {line.crosspost_id for line in lines if line.crosspost_id is not None}
    messages.outdate(tx, listener.id, lines[-1].line, touched, now - SET_RIGHT)
    notices.advance(tx, listener.id, lines[-1].line)


def _told(listener: Listener, lines: Sequence[Happened]) -> Iterator[Notice]:
    for line in lines:
        key = f"line:{line.line}"
        if line.crosspost_id is None:
            if line.subject == SUBJECT and listener.hears(Kind.STOPPED, None):
                yield Notice(listener.id, key, Kind.STOPPED, line.at, said=f"{line.who}: {line.what}")
            continue
        kind = kind_of(line.before, line.after, by_relay=line.who == _RELAY)
        if kind and listener.hears(kind, line.subject):
            of = (line.crosspost_id, line.subject, line.after)
            yield Notice(listener.id, key, kind, line.at, *of, said=line.what)


def _endings(tx: Connection, listener: Listener, heard: Heard, now: datetime) -> Iterator[Notice]:
    for account, ends_at, days, at in notices.endings(tx, max(heard.since, now - FRESH)):
        if listener.hears(Kind.TOKEN_EXPIRING, account):
            key = f"end:{account}:{ends_at:%Y%m%dT%H%M%S}:{days}"
            yield Notice(listener.id, key, Kind.TOKEN_EXPIRING, at, account=account, said=ends_at.isoformat())
