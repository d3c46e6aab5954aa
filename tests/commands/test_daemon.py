"""The demo and the daemon as processes: they come up, answer, and end when they are told to."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from relay.cli.main import COMMANDS, run
from tests.real.ports import free_port


@contextmanager
def demo(*words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running demo and its one-time address."""
    command = [sys.executable, "-m", "relay", "demo", "--listen", f"127.0.0.1:{free_port()}", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            said = iter(process.stdout.readline, "")
            yield process, next(found.group() for line in said if (found := re.search(r"http://\S+/c/\S+", line)))
        finally:
            process.kill()


def test_the_demo_walks_one_entry_through_thirteen_steps() -> None:
    walked = subprocess.run(
        [sys.executable, "-m", "relay", "demo", "--once"], capture_output=True, text=True, timeout=60, check=False
    )
    numbers = [int(line[:2]) for line in walked.stdout.splitlines() if line[:2].strip().isdigit()]

    assert numbers == list(range(1, 14))
    assert walked.stdout.strip().endswith("waiting → approved → scheduled → sending → sent")
    assert (walked.returncode, walked.stderr) == (0, "")


def test_the_demo_is_healthy_and_ends_within_ten_seconds_of_sigterm(tmp_path: Path) -> None:
    with demo("--keep", str(tmp_path)) as (process, _):
        health = [sys.executable, "-m", "relay", "health", "--config", str(tmp_path / "relay.toml")]
        healthy = subprocess.run(health, capture_output=True, text=True, timeout=30, check=False)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code = process.wait(timeout=20)

    assert (healthy.returncode, healthy.stdout.strip()) == (0, "well")
    assert code == 0
    assert time.monotonic() - began < 10


def test_the_sign_in_address_works_once(tmp_path: Path) -> None:
    with demo("--keep", str(tmp_path)) as (_, address), httpx.Client(follow_redirects=False) as visitor:
        same_origin = {"Origin": address.partition("/c/")[0]}
        first = visitor.post(address, headers=same_origin)
        visitor.cookies.clear()
        second = visitor.post(address, headers=same_origin)

    assert first.status_code == 303
    assert "set-cookie" in first.headers
    assert second.status_code != 303


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "relay", "demo", "--listen", f"127.0.0.1:{taken.getsockname()[1]}"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert ended.returncode == 1
    assert "in use" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_that_keeps_an_earlier_demo_is_left_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "relay", "demo", "--once", "--keep", str(tmp_path)]
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (again.returncode, "Traceback" in again.stderr) == (1, False)
    assert "name another folder" in again.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()} == before


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run([name, "--help"])

    assert f"example:\n  relay {name}" in capsys.readouterr().out
