"""A copy of an hour ago is put back by the command, and the whole daemon goes on: no network sees anything twice."""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import update

from relay.config.load import load
from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review.restoring import LOOKED_FOR
from relay.core.review.transitions import Event
from relay.pipeline import review
from relay.pipeline.desk import Desk
from relay.storage import copies, crossposts
from relay.storage.database import Database
from relay.storage.tables.review import crossposts as table
from relay.wiring import clock, desk, network_keys
from tests.edges.opened import opened
from tests.ending import crowd, site
from tests.ending.far import ACCOUNTS, Far, listening, number
from tests.ending.site import CAMILLE, Site
from tests.ending.told import daemon
from tests.real.ports import free_port

HOUR = timedelta(hours=1)
ANNE = Editor("anne", Role.EDITOR)
OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING)
AHEAD = """
import relay.wiring as w
from datetime import timedelta
before = w.clock
w.clock = lambda: before() + timedelta(seconds=float(open({file!r}).read()))
w.build.__wrapped__.__defaults__ = (w.clock, None)
"""
"""Python that makes a daemon's clock be ahead, by as many seconds as a file says."""
BLIND = "\nimport relay.service as s\ns.look_over = lambda *_: True"
"""The bug to plant: what may have left since is sent again."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: ``shown`` is what the networks have, ``before`` what they had when the copy was put back."""

    before: Counter[tuple[str, int]]
    shown: Counter[tuple[str, int]]
    unknown: tuple[Crosspost, ...]
    later: tuple[Crosspost, ...]
    """Those that an editor chose a later time for."""
    looked_over: bool

    @property
    def twice(self) -> list[tuple[str, int]]:
        """What is shown more than once."""
        return [name for name, times in self.shown.items() if times > 1]


def run(folder: Path, seed: int = 0, before: str = "") -> Restored:
    """One day: sent, copied, sent, changed, taken back, queued anew, put back, and gone on with."""
    chance = Random(seed)  # noqa: S311  # chance, and no secret
    far = Far(Random(seed + 1), pace=(0, 0.05), slow=(0, 0))  # noqa: S311  # as above
    with listening(far) as wire:
        place = Site(folder, free_port(), wire.url)
        place.write()
        with opened(folder) as db:
            _morning(place, db, far, chance)
        had = far.public()
        far.ahead = HOUR
        restored = command(place, "restore", str(folder / "copy.db"))
        if restored.returncode:
            raise RuntimeError(restored.stderr)
        return _evening(place, far, had, before)


def _morning(place: Site, db: Database, far: Far, chance: Random) -> None:
    """Numbers: 0… are sent before the copy, 100… were approved before it and leave after it, 200… came after it."""
    many, now = len(ACCOUNTS), clock()
    site.sign_in(db, now)
    site.approved(db, range(many), chance, now)
    with daemon(place):
        assert crowd.wait_for(place.port)
        _until_sent(db, far, many)
        site.approved(db, range(104, 104 + 2 * many), chance, now)
        _wait_until(db, range(104, 104 + 2 * many), now + HOUR)
        _wanted(db, range(104 + many, 104 + 2 * many), now + 24 * HOUR)
        assert command(place, "backup", str(place.folder / "copy.db")).returncode == 0
        _wait_until(db, range(104, 104 + many), now)
        _until_sent(db, far, 2 * many)
        site.approved(db, range(200, 200 + many), chance, clock())
        _until_sent(db, far, 3 * many)
        _change(db, place)
        _until_sent(db, far, 3 * many - 1)


def _evening(place: Site, far: Far, had: Counter[tuple[str, int]], before: str) -> Restored:
    """An hour later: what relay looks for is found, or proved absent."""
    ahead = place.folder / "ahead"
    ahead.write_text(str(HOUR.total_seconds()))
    with opened(place.folder) as db, daemon(place, AHEAD.format(file=str(ahead)) + before):
        assert crowd.wait_for(place.port)
        end = time.monotonic() + 40
        while time.monotonic() < end and not _is_settled(db):
            time.sleep(1)
            far.ahead += timedelta(seconds=15)  # minutes between two looks
            ahead.write_text(str(far.ahead.total_seconds()))
    with opened(place.folder) as db, db.read() as tx:
        rows = crossposts.by_state(tx, tuple(State))
        copy = copies.last(tx)
        return Restored(
            before=had,
            shown=far.public(),
            unknown=tuple(one for one in rows if one.state is State.UNCONFIRMED),
            later=tuple(one for one in rows if one.wanted_at is not None),
            looked_over=copy is not None and copy.seen_at is not None,
        )


def _is_settled(db: Database) -> bool:
    """Whether all that is left is for a person, or for tomorrow."""
    with db.read() as tx:
        if copies.unseen(tx) is not None:
            return False
        rows = crossposts.by_state(tx, (*OPEN, State.UNCONFIRMED))
    soon = [one for one in rows if not (one.state is State.SCHEDULED and one.wanted_at)]
    return all(one.state is State.UNCONFIRMED and one.note != LOOKED_FOR and not one.unseen_at for one in soon)


def command(place: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of relay's, beside the daemon or without it."""
    asked = [sys.executable, "-m", "relay", words[0], "--config", str(place.file), *words[1:]]
    environment = {**os.environ, **place.environment()}
    return subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=120, check=False)


def _until_sent(db: Database, far: Far, many: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with db.read() as tx:
            busy = crossposts.by_state(tx, (State.SENDING, State.UPDATING, State.WITHDRAWING, State.UNCONFIRMED))
        if not busy and sum(far.public().values()) == many:
            return
        time.sleep(0.05)
    notes = {one.note for one in _rows(db)}
    raise RuntimeError(f"{sum(far.public().values())} posts are public, and {many} should be: {notes}")


def _wait_until(db: Database, numbers: range, moment: datetime) -> None:
    ids = [one.id for one in _rows(db) if number(one.draft.text) in numbers]
    with db.write() as tx:
        tx.execute(update(table).where(table.c.id.in_(ids)).values(not_before=moment))


def _wanted(db: Database, numbers: range, moment: datetime) -> None:
    """An editor has chosen when they leave."""
    for one in [one for one in _rows(db) if number(one.draft.text) in numbers]:
        with db.write() as tx:
            crossposts.replace(tx, one, replace(one, not_before=moment, wanted_at=moment, wanted_by="camille"))


def _rows(db: Database) -> list[Crosspost]:
    with db.read() as tx:
        return crossposts.by_state(tx, tuple(State))


def _change(db: Database, place: Site) -> None:
    """Of those that left after the copy, one is changed, and one taken back."""
    wishes = _wishes(place)
    by_name = {(one.account, number(one.draft.text)): one for one in _rows(db)}
    changed, removed = by_name["keyed", 104], by_name["keyed2", 105]
    now = clock()
    words = review.Words(changed.revision, f"{changed.draft.text} (corrigé)")
    proposed = review.edit(db, wishes, changed.id, (ANNE, "page"), words, now)
    review.approve(db, wishes, changed.id, (CAMILLE, "page"), proposed.revision, site.keys(1, Random(5), now))  # noqa: S311
    for event, who in ((Event.WITHDRAW, ANNE), (Event.APPROVE_WITHDRAWAL, CAMILLE)):
        review.move(db, wishes, removed.id, (who, "page"), review.Act(event, "an error"), now)


def _wishes(place: Site) -> Desk:
    configuration = load(place.file, place.environment(), network_keys()).configuration
    assert configuration
    return desk(configuration)
