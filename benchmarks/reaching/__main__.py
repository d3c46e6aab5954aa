"""How soon others have it: from a hub's push to the outgoing feed, and from an editor's yes to the network.

    python -m benchmarks.reaching [--rounds N]

``relay run`` itself, on loopback: a publisher with a hub of its own that pushes, an editor who presses "approve" on
the page, a sandbox network. Goals: two seconds, and one. The end is 1 where one is not reached at the median.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import select
from tests.real.ports import free_port

from benchmarks.daemon import SANDBOXES, SERVICE, running
from benchmarks.queueing.filling import TOKEN
from benchmarks.reaching.town import Town, standing, title
from relay.core.people import Role
from relay.storage import people, sessions
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from relay.storage.tables.review import crossposts

PUSHED, APPROVED = 2.0, 1.0
"""The goals, in seconds."""
PATIENCE = 60.0
LOOK = 0.005
"""Seconds between two looks at the feed; every figure is so much too long at most."""
_CONFIGURATION = f"""\
{SERVICE}database = "{{folder}}/relay.db"

[sources.agence]
url         = "{{server}}/rss"
attribution = "Source : l’agence"
backlog     = "latest 1"

[feeds.blog]
title = "Le blog"
link  = "http://127.0.0.1:{{port}}/feeds/blog/"

[approvals.quick]
steps = ["editor"]
undo  = "0s"
{SANDBOXES}
[[routes]]
from     = ["agence"]
to       = ["masto"]
approval = "quick"
"""


def main(words: Sequence[str] | None = None) -> int:
    """So many rounds: an item is pushed, is seen in the feed, is approved, is seen on the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args(words).rounds
    with (
        TemporaryDirectory(prefix="relay-reaching-") as name,
        standing() as town,
        _daemon(Path(name), town) as (client, db),
    ):
        found = [_round(town, client, db) for _ in range(rounds)]
    pushed, approved = [one for one, _ in found], [one for _, one in found]
    print(f"{rounds} rounds, seconds\n\n| | median | worst | goal |\n|---|--:|--:|--:|")
    for what, took, goal in (
        ("push of a hub → outgoing feed", pushed, PUSHED),
        ("approved → on the network", approved, APPROVED),
    ):
        print(f"| {what} | {median(took):.2f} | {max(took):.2f} | {goal:.0f} |")
    return 0 if median(pushed) <= PUSHED and median(approved) <= APPROVED else 1


def _round(town: Town, client: httpx.Client, db: Database) -> tuple[float, float]:
    began = time.monotonic()
    town.push()
    said = title(town.news)
    pushed = _until(lambda: said in client.get("/feeds/blog/atom.xml").text) - began
    id = _until_some(lambda: _waiting(db, said))
    began = time.monotonic()
    client.post(f"/review/{id}/approve", data={"revision": "1"}, headers={"Origin": str(client.base_url).rstrip("/")})
    _until(lambda: any(said in text for text in town.posted))
    return pushed, next(at for text, at in town.posted.items() if said in text) - began


def _waiting(db: Database, said: str) -> int | None:
    with db.read() as tx:
        own = select(crossposts.c.id).where(crossposts.c.state == "waiting", crossposts.c.draft.contains(said))
        return tx.execute(own).scalar()


def _until(is_so: Callable[[], bool]) -> float:
    """When it is."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("it never came about")
        time.sleep(LOOK)
    return time.monotonic()


def _until_some(found: Callable[[], int | None]) -> int:
    _until(lambda: found() is not None)
    return found() or 0


@contextmanager
def _daemon(folder: Path, town: Town) -> Iterator[tuple[httpx.Client, Database]]:
    """The daemon, once the hub has it as a subscriber, and an editor's browser."""
    port, file = free_port(), folder / "relay.toml"
    file.write_text(_CONFIGURATION.format(port=port, folder=folder, server=town.url), encoding="utf-8")
    db, now = open_database(str(folder / "relay.db")), datetime.now(UTC)  # noqa: TID251  # the daemon has this clock too
    migrate(db)
    with db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, now)
        sessions.add(tx, TOKEN, "camille", now)
    url = f"http://127.0.0.1:{port}"
    with (
        closing(db),
        httpx.Client(base_url=url, cookies={"relay": TOKEN}, trust_env=False, timeout=PATIENCE) as client,
        running(file, lambda _: town.is_verified, PATIENCE),
    ):
        yield client, db


if __name__ == "__main__":
    sys.exit(main())
