"""After a power cut all is there that was promised; with a weaker promise planted, it is not."""
# ruff: noqa: S311  # chance, and no secret

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from relay.storage import driver
from relay.storage.database import DatabaseUnusableError, open_database
from relay.storage.schema import migrate
from tests.power.cutting import Plan, run
from tests.power.dbapi import Module
from tests.power.disk import Disk
from tests.power.record import Created, Deleted, Event, Record, Synced, Written

PLANTED = [("normal", "lost"), ("off", "corrupt"), ("unjournalled", "blind")]


def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_damaged() -> None:
    report = run(Plan(cuts=200, turns=3, resumed=66))

    assert report.found.told == []
    assert report.found.holds
    assert (report.found.images, report.resumed) == (200, 3)
    assert report.requests > 10


@pytest.mark.parametrize(("plant", "name"), PLANTED)
def test_a_weaker_promise_is_found(plant: str, name: str) -> None:
    """Which cuts hurt is chance: some twenty-five have none that does."""
    assert any(run(Plan(cuts=25, turns=1, plant=plant, seed=seed)).found.wrong[name] for seed in range(12))


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_relay_does_not_begin_where_a_commit_does_not_wait_for_the_disk(
    synchronous: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = Module(Record(), synchronous)
    monkeypatch.setattr(driver, "chosen", lambda: module)
    hasty = pytest.raises(DatabaseUnusableError, match="does not wait for the disk")
    with closing(open_database(str(tmp_path / "relay.db"))) as db, hasty:
        migrate(db)


@pytest.mark.parametrize("seed", range(8))
def test_what_was_synced_is_there_whatever_chance_leaves(seed: int, tmp_path: Path) -> None:
    disk = Disk()
    events: list[Event] = [
        Created("a", 1),
        Written(1, 0, b"safe"),
        Synced(1, with_folder=True),
        Written(1, 4, b"doubtful"),
    ]
    for event in events:
        disk.take(event)
    disk.cut(Random(seed), tmp_path)
    assert (tmp_path / "a").read_bytes()[:4] == b"safe"


def test_what_was_not_synced_is_there_wholly_partly_or_not(tmp_path: Path) -> None:
    disk = Disk()
    for event in (Created("a", 1), Synced(1, with_folder=True), Written(1, 0, b"x" * 1024), Deleted("b")):
        disk.take(event)
    found = set()
    for seed in range(80):
        disk.cut(Random(seed), tmp_path)
        found.add((tmp_path / "a").read_bytes())
    assert {b"", b"x" * 512, bytes(512) + b"x" * 512, b"x" * 1024} <= found


def test_a_name_without_its_folder_synced_may_be_missing(tmp_path: Path) -> None:
    disk = Disk()
    disk.take(Created("a", 1))
    disk.take(Synced(1, with_folder=False))
    found = set()
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        disk.cut(Random(seed), folder)
        found.add((folder / "a").exists())
    assert found == {True, False}
