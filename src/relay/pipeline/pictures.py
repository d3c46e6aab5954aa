"""Between storing and publishing: the pictures that entries want are looked at, and editors say what they show."""

import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime
from math import inf
from threading import Lock
from time import monotonic

from relay.core.people import Editor
from relay.core.polling.pause import host_of
from relay.core.review.moving import Refusal
from relay.pipeline.desk import Desk
from relay.pipeline.picturing import showing
from relay.pipeline.picturing.looking import Studio, look_at
from relay.pipeline.reading.reader import Reader
from relay.storage import entries, holding, pauses, pictures
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.pictures import Turn

log = logging.getLogger("relay")

AT_ONCE = 8
"""Hosts that are asked for pictures at the same time: one that hangs holds up its own."""
NEXT = 400
"""Candidates among which the next turns are chosen."""
WAKE = 0.25
"""Seconds after which it is looked what else has become due while pictures are under way."""
LONGEST = 1000
"""Characters of alternative text."""


def look(
    db: Database,
    reader: Reader,
    desk: Desk,
    clock: Callable[[], datetime],
    landed: Callable[[], object] = lambda: None,
    patience: float = inf,
) -> int:
    """Look at every candidate that is due, and at those that become so meanwhile; how many turns that were.

    ``landed`` is called whenever readers are to see something new. After ``patience`` seconds no more is begun.
    """
    studio, turns, end = Studio(db, reader, desk, Lock()), 0, monotonic() + patience
    under_way: dict[Future[bool], Turn] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            if _released(db, clock()):
                landed()
            for turn in _next(db, clock(), under_way.values()) if monotonic() < end else ():
                under_way[pool.submit(look_at, studio, turn, clock())] = turn
                turns += 1
            if not under_way:
                return turns
            done, _ = wait(under_way, WAKE, FIRST_COMPLETED)
            for future in done:
                del under_way[future]
            seen = [future.result() for future in done]
            if any(seen):
                landed()


def describe(db: Database, entry_id: int, alt: str, actor: tuple[Editor, str], now: datetime) -> None:
    """An editor's words for the picture of a post, whatever it said before; none takes them away."""
    editor, means = actor
    words = " ".join(alt.replace("\0", "").split())
    if len(words) > LONGEST:
        raise Refusal(f"A description has at most {LONGEST} characters; this one has {len(words)}.")
    with db.write() as tx:
        entry = entries.get(tx, entry_id)
        if entry is None or entry.post.picture is None:
            raise Refusal("There is no picture to describe.")
        if words == entry.post.picture.alt:
            return
        by = Actor(editor.name, means)
        showing.change(tx, entry, replace(entry.post.picture, alt=words), now, is_told=True, by=by)
    log.info("%s describes the picture of %s: %r", editor.name, entry.post.url, words)


def _released(db: Database, now: datetime) -> bool:
    """Whether an entry was held long enough: it is published without its picture, which may still come."""
    with db.read() as tx:  # most often there is none, and the writers' turn is not taken
        late = holding.overdue(tx, now)
    if late:
        with db.write() as tx:
            for id in late:
                holding.release(tx, id)
    return bool(late)


def _next(db: Database, now: datetime, under_way: Collection[Turn]) -> Iterator[Turn]:
    """One of each host that is not being asked, and does not want to be left alone."""
    with db.read() as tx:
        turns, paused = pictures.turns(tx, now, NEXT), pauses.running(tx, now)
    busy = {host_of(turn.url) for turn in under_way} | {*paused}
    entries_busy = {turn.entry_id for turn in under_way}
    for turn in turns:
        host = host_of(turn.url)
        if host not in busy and turn.entry_id not in entries_busy and len(busy) < AT_ONCE + len(paused):
            busy.add(host)
            yield turn
