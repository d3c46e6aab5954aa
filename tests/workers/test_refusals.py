"""Where no worker may work, it is said in a sentence, and nothing is opened."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from relay.cli.main import run
from relay.cli.worker import NOT_HERE, refusal
from relay.config.load import load
from relay.storage import workers
from relay.storage.database import open_database
from relay.storage.workers import Worker
from relay.wiring import network_keys

HEAD = "version = 1\nlanguage = 'en'\n[service]\n"
POSTGRESQL = 'database = "postgresql://relay@127.0.0.1:1/relay"\n'


def test_a_worker_of_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(HEAD)
    command = [sys.executable, "-m", "relay", "worker", "--config", str(file)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "workers need a PostgreSQL database, and this configuration names a file: " in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["relay.toml"]


@pytest.mark.parametrize(("work", "why"), [("here", NOT_HERE), ("workers", "")])
def test_a_worker_is_refused_beside_a_process_that_does_all(tmp_path: Path, work: str, why: str) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f"{HEAD}{POSTGRESQL}work = '{work}'\n")
    found = load(file, {}, network_keys()).configuration
    assert found
    assert refusal(found.service) == why


def test_health_of_a_worker_is_bad_where_none_was_heard_of(
    tmp_path: Path, postgresql_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f"{HEAD}work = 'workers'\n")
    monkeypatch.setenv("RELAY_DATABASE", postgresql_address)
    assert run(["health", "--worker", "--config", str(file)]) == 1
    assert "is known: is `relay worker` running?" in capsys.readouterr().err


@pytest.mark.parametrize(("host", "silent", "code"), [("", 29, 0), ("", 31, 1), ("another", 0, 1)])
def test_health_of_a_worker_is_that_of_this_machines_and_good_only_where_it_was_heard_of_lately(
    tmp_path: Path, postgresql_address: str, monkeypatch: pytest.MonkeyPatch, host: str, silent: int, code: int
) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f"{HEAD}work = 'workers'\n")
    monkeypatch.setenv("RELAY_DATABASE", postgresql_address)
    with closing(open_database(postgresql_address)) as db, db.engine.begin() as tx:
        workers.beat(tx, Worker("a:1:x", host or os.uname().nodename, "1"))
        tx.execute(text("UPDATE workers SET seen_at = seen_at - make_interval(secs => :s)"), {"s": silent})
    assert run(["health", "--worker", "--config", str(file)]) == code
