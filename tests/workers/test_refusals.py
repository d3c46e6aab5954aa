"""Where no worker may work, it is said in a sentence, and nothing is opened."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "version = 1\nlanguage = 'en'\n[service]\n"
POSTGRESQL = 'database = "postgresql://relay@127.0.0.1:1/relay"\n'


def _worker(folder: Path, service: str, *words: str) -> subprocess.CompletedProcess[str]:
    file = folder / "relay.toml"
    file.write_text(HEAD + service)
    command = [sys.executable, "-m", "relay", *words, "--config", str(file)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("service", "code", "why"),
    [
        ("", 1, "workers need a PostgreSQL database, and this configuration names a file: "),
        (
            POSTGRESQL,
            1,
            "`relay run` does all the work in this configuration, and a worker beside it would do it twice",
        ),
    ],
)
def test_a_worker_is_refused_in_a_sentence(tmp_path: Path, service: str, code: int, why: str) -> None:
    done = _worker(tmp_path, service, "worker")
    assert (done.returncode, done.stdout) == (code, "")
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["relay.toml"]


def test_health_of_a_worker_is_bad_where_none_was_heard_of(tmp_path: Path, postgresql_address: str) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f"{HEAD}work = 'workers'\ndatabase = 'postgresql:///{{}}'\n")
    command = [sys.executable, "-m", "relay", "health", "--worker", "--config", str(file)]
    own = {"RELAY_DATABASE": postgresql_address, "PATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=own)
    assert done.returncode == 1
    assert "is known: is `relay worker` running?" in done.stderr
