"""A publisher: a process of its own that makes one version after the other of a blog's feeds, until it dies."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest.mock import patch

import httpx

from relay.core.identity import changes
from relay.pipeline.poll import poll_due
from relay.pipeline.reading.reader import Reader
from relay.publish.replacing import PREFIX
from relay.storage import schema
from relay.storage.database import open_database
from tests.pipeline.world import NOON, World, desk
from tests.torn import ledger
from tests.torn.plants import PLANTS
from tests.torn.versions import marked

ENTRIES = 3
_SYNC = 0.002
"""Seconds; memory, where the files of a run are, takes none."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["__main__", __name__, "tests.torn.site", "tests.torn.readers"])


def started(target: object, *args: object) -> ForkServerProcess:
    """A process out of a server that has loaded everything."""
    process = _processes.Process(target=target, args=args, daemon=True)  # type: ignore[arg-type]  # it can be called
    process.start()
    return process


def work(folder: Path, plant: str) -> None:
    """Version after version: polled from a source that rewrites all its entries, and published by relay's own step."""
    PLANTS[plant]()
    patch.object(os, "fsync", partial(_slowly, os.fsync)).start()
    patch.object(changes, "REVISIONS", sys.maxsize).start()  # here, no source says too often that an entry has changed
    numbers = ledger.opened(folder)
    with closing(open_database(str(folder / "relay.db"))) as db:
        schema.migrate(db)
        world = World(db, folder / "feeds", replace(desk(), routes=()))
        is_new = True
        while numbers.goes_on():
            _publish(world, numbers.add("version"))
            if is_new:
                numbers.add("strays", len(strays(folder / "feeds")))
            is_new = False
            numbers.add("published")


def _slowly(sync: Callable[[int], None], descriptor: int) -> None:
    """As a disk does, so that deaths fall between what is written and its name."""
    time.sleep(_SYNC)
    sync(descriptor)


def strays(feeds: Path) -> list[Path]:
    """Temporary files: there are none but while a document is written."""
    return list(feeds.rglob(f"{PREFIX}*"))


def _publish(world: World, version: int) -> None:
    world.now = NOON + timedelta(minutes=11 * version)
    with httpx.Client(transport=httpx.MockTransport(lambda _: _answer(version))) as http:
        poll_due(world.db, Reader.over(http), world.desk, ["cget"], world.now)
    feed = world.desk.feeds[0]
    world.desk = replace(world.desk, feeds=(replace(feed, title=marked("Le blog,", version)),))
    world.publish()


def _answer(version: int) -> httpx.Response:
    items = "".join(_item(number, version) for number in range(ENTRIES))
    head = "<title>Agence</title><link>https://agence.example/</link><description>Actualités</description>"
    body = f'<rss version="2.0"><channel>{head}{items}</channel></rss>'
    return httpx.Response(200, headers={"Content-Type": "application/rss+xml"}, content=body.encode())


def _item(number: int, version: int) -> str:
    when = NOON - timedelta(hours=number + 1)
    return (
        f"<item><title>Billet {number}</title><guid>https://agence.example/{number}</guid>"
        f"<link>https://agence.example/{number}</link><pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>&lt;p&gt;{marked('Le chapô,', version)}.&lt;/p&gt;{_MORE}</description></item>"
    )


_MORE = "&lt;p&gt;La ville se fait avec ceux qui y vivent, et ceux qui y vivent la font.&lt;/p&gt;" * 20
