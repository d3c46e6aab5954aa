"""Two workers and one that serves: sources are asked, feeds made, posts sent; a worker that dies or sleeps is replaced."""

import os
import signal
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx

from relay.schedule.distributed.lead import NAME
from relay.storage import leases
from relay.storage.database import open_database
from tests.workers.place import TTL, Place, placed, until

LONGEST = TTL + 10
"""Seconds until another leads."""


def _leader(place: Place) -> str:
    db = open_database(place.database)
    try:
        with db.read() as tx:
            return leases.holder(tx, NAME) or ""
    finally:
        db.close()


def _process(place: Place, worker: str) -> BaseProcess:
    return next(one for one in place.processes if one.pid == int(worker.split(":")[1]))


def _signal(place: Place, worker: str, what: signal.Signals) -> None:
    os.kill(_process(place, worker).pid or 0, what)


def _another(place: Place, leader: str) -> str:
    until(lambda: _leader(place) not in {"", leader}, LONGEST, place)
    return _leader(place)


def test_work_goes_on_when_whoever_leads_is_killed_or_sleeps(tmp_path: Path, postgresql_address: str) -> None:
    with placed(tmp_path, postgresql_address) as place:
        web, *_ = [place.start(word) for word in ("run", "worker", "worker", "worker")]
        until(lambda: all(one.asked for one in place.publishers.values()), 60, place)
        until((tmp_path / "feeds" / "blog" / "atom.xml").exists, 20, place)
        until(lambda: place.said().count("is at work") == 3, 20, place)
        assert place.approve("s0") < 10, place.said()

        dead = _leader(place)
        _process(place, dead).kill()
        sleeper = _another(place, dead)
        assert place.approve("s1") < 10, place.said()

        _signal(place, sleeper, signal.SIGSTOP)
        awake = _another(place, sleeper)
        _signal(place, sleeper, signal.SIGCONT)
        until(lambda: "another worker leads" in place.said(), 10, place)
        assert place.approve("s2") < 10, place.said()

        health = httpx.get(f"{place.url}/health", trust_env=False)
        assert health.status_code == 200, health.text + place.said()
        living = (web, _process(place, awake), _process(place, sleeper))
        for process in living:
            process.terminate()
        for process in living:
            process.join(10)
        assert [one.exitcode for one in living] == [0, 0, 0], place.said()
        assert [place.shown(source) for source in place.publishers] == [1, 1, 1]
        assert [len(one.asked) for one in place.publishers.values()] == [1, 1, 1]
        assert len(place.receiver.events) == 3
        assert "Traceback" not in place.said()
