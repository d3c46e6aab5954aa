"""Two workers and one that serves: sources are asked, feeds made, posts sent; a worker that dies or sleeps is replaced."""

import signal
import subprocess
from pathlib import Path

import httpx

from relay.schedule.distributed.lead import NAME
from relay.storage import leases
from relay.storage.database import open_database
from tests.workers.place import TTL, Place, placed, until

LONGEST = TTL + 25
"""Seconds until another leads: the lease and ten, and as long again on a machine with much else to do."""


def _leader(place: Place) -> str:
    db = open_database(place.database)
    try:
        with db.read() as tx:
            return leases.holder(tx, NAME) or ""
    finally:
        db.close()


def _process(place: Place, worker: str) -> subprocess.Popen[bytes]:
    return next(one for one in place.processes if one.pid == int(worker.split(":")[1]))


def _another(place: Place, leader: str) -> str:
    until(lambda: _leader(place) not in {"", leader}, LONGEST, place)
    return _leader(place)


def test_work_goes_on_when_whoever_leads_is_killed_or_sleeps(tmp_path: Path, postgresql_address: str) -> None:
    with placed(tmp_path, postgresql_address) as place:
        web, *_ = place.start("run"), place.start("worker"), place.start("worker")
        until(lambda: all(one.asked for one in place.publishers.values()), 150, place)
        until((tmp_path / "feeds" / "blog" / "atom.xml").exists, 60, place)
        assert place.approve("s0") < 20, place.said()

        dead = _leader(place)
        _process(place, dead).kill()
        sleeper = _another(place, dead)
        place.approve("s1")

        third = place.start("worker")
        until(lambda: place.said().count("is at work") == 3, 120, place)
        _process(place, sleeper).send_signal(signal.SIGSTOP)
        awake = _another(place, sleeper)
        assert _process(place, awake) is third
        _process(place, sleeper).send_signal(signal.SIGCONT)
        until(lambda: "another worker leads" in place.said(), 40, place)
        place.approve("s2")

        health = httpx.get(f"{place.url}/health", trust_env=False)
        assert health.status_code == 200, health.text + place.said()
        for process in (web, third, _process(place, sleeper)):
            process.send_signal(signal.SIGTERM)
        assert [one.wait(15) for one in (web, third, _process(place, sleeper))] == [0, 0, 0], place.said()
        assert [place.shown(source) for source in place.publishers] == [1, 1, 1]
        assert [len(one.asked) for one in place.publishers.values()] == [1, 1, 1]
        assert len(place.receiver.events) == 3
        assert "Traceback" not in place.said()
