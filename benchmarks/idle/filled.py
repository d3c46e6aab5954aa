"""A configuration of many sources, and a database with a long queue, in which none of them is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from benchmarks.daemon import SANDBOXES, SERVICE, names
from benchmarks.queueing.filling import fill
from relay.core.polling.pollstate import Place, PollState, Rhythm
from relay.core.source import Validators
from relay.storage import rows
from relay.storage.database import open_database
from relay.storage.tables.intake import sources

_CONFIGURATION = f"""\
{SERVICE}database = "{{folder}}/relay.db"

[feeds.blog]
title   = "Le blog"
link    = "http://127.0.0.1:{{port}}/feeds/blog/"
from    = ["s20"]
formats = ["atom", "rss", "json"]
{SANDBOXES}
[[routes]]
from = [{{names}}]
to = ["masto", "bsky"]
"""
_SOURCE = """
[sources.s{n}]
url = "https://source-{n}.exemple.fr/feed.xml"
attribution = "Source : Agence {n}"
"""


def written(folder: Path, port: int, number: int) -> Path:
    """The file; there are at least so many that one has no news in store."""
    file = folder / "relay.toml"
    own = "".join(_SOURCE.format(n=n) for n in range(number))
    head = _CONFIGURATION.format(port=port, folder=folder, names=names(number), server="http://127.0.0.1:9")
    file.write_text(head + own, encoding="utf-8")
    return file


def filled(file: Path, number: int, waiting: int) -> None:
    """The queue, and sources as a poll leaves them: asked a while ago, and again in a day."""
    now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  # the daemon has this clock too
    db = open_database(str(file))
    try:
        fill(db, waiting)
        with db.write() as tx:
            states = ((n, _state(n, now)) for n in range(number))
            own = [{"id": f"s{n}", "due": one.due, "state": rows.dump(one)} for n, one in states]
            tx.execute(insert(sources), own)
    finally:
        db.close()


def _state(number: int, now: datetime) -> PollState:
    url = f"https://source-{number}.exemple.fr/feed.xml"
    return PollState(
        due=now + timedelta(hours=24, seconds=number),
        polled_at=now,
        succeeded_at=now,
        answer="304 Not Modified",
        reason="it publishes once a day",
        validators=Validators(f'"{number:032x}"'.encode(), url=url),
        place=Place(url, url, landed=url),
        rhythm=Rhythm(now - timedelta(days=1), timedelta(days=1)),
        body=f"{number:064x}",
        size=125_000,
    )
