"""The configuration of many sources, their rows as if they had been polled before, and what processes have cost."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from relay.config.configuration import Configuration
from relay.config.load import load
from relay.core.polling import moves
from relay.core.polling.pollstate import PollState
from relay.core.source import Validators
from relay.storage import sources
from relay.storage.database import Database
from relay.wiring import network_keys

_HEAD = """\
version = 1
language = "fr"
timezone = "Europe/Paris"

[service]
listen = "127.0.0.1:{page}"
feeds = "{folder}/feeds"
allow = ["127.0.0.0/8"]
work = "workers"
"""
_SOURCE = """
[sources.s{n}]
url = "http://127.{a}.{b}.{c}:{port}/{n}.xml"
attribution = "Source : Agence {n}"
"""


def written(folder: Path, number: int, ports: tuple[int, int]) -> Path:
    """A configuration of ``number`` sources at the farm; ``ports`` are the farm's and that of relay's pages.

    The database is named by ``RELAY_DATABASE``: its address may have a password, which no file takes.
    """
    farm, page = ports
    file = folder / "relay.toml"
    own = (_SOURCE.format(n=n, a=n // 62500 + 1, b=n // 250 % 250, c=n % 250 + 1, port=farm) for n in range(number))
    file.write_text(_HEAD.format(page=page, folder=folder) + "".join(own), encoding="utf-8")
    return file


def read(file: Path) -> Configuration:
    """What it says; ``SystemExit`` with its messages where that is nothing."""
    loaded = load(file, os.environ, network_keys())
    if loaded.configuration is None:
        raise SystemExit(str(loaded.messages))
    return loaded.configuration


def filled(db: Database, configuration: Configuration) -> None:
    """Each source was well when it was last asked, some minutes ago, and is not due for hours."""
    now = datetime.now(UTC)  # noqa: TID251  # rows as a clock would have dated them
    before, later = now - timedelta(minutes=5), now + timedelta(hours=6)
    with db.write() as tx:
        for source in configuration.sources:
            fresh = moves.current(source, PollState())
            tag = Validators(b'"v0"', None, source.url)
            asked = {"polled_at": before, "succeeded_at": before, "due": later, "answer": "304", "validators": tag}
            sources.save(tx, source.id, _with(fresh, asked), None)


def _with(state: PollState, values: dict[str, object]) -> PollState:
    kept = {name: getattr(state, name) for name in PollState.__slots__}
    return PollState(**{**kept, **values})


def make_due(db: Database, number: int) -> None:
    """The first ``number`` sources, all at once."""
    with db.write() as tx:
        tx.exec_driver_sql(
            "UPDATE sources SET due = now() - interval '1 minute' WHERE substr(id, 2)::int < %s", (number,)
        )
