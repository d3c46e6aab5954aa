"""The log as JSON: every line of a daemon's life is one object, and says what it is about."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from relay.cli.covering import COVER, cover
from relay.cli.ending import Ending
from relay.cli.logging_form import is_json
from relay.cli.logging_json import Json
from relay.core.account import Secret
from tests.commands.blog import FEED, Blog
from tests.edges.opened import migrated
from tests.fakes.feed_server import FeedServer, answer
from tests.real.ports import free_port

BROKEN = """
import logging, threading, warnings
from relay.cli.logging_form import begin
begin(logging.WARNING, "%(message)s")
logging.getLogger("relay").warning("%(file)s is gone", {"file": b"caf\\xe9".decode(errors="surrogateescape")})
warnings.warn("this goes\\nin two lines")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
{}["gone"]
"""


def lines(said: str) -> list[dict[str, Any]]:
    """What the log says; all of it must be JSON."""
    return [json.loads(line) for line in said.splitlines()]


def written(text: str, *args: object, error: Exception | None = None) -> dict[str, Any]:
    """One record, as JSON has it."""
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("relay", logging.WARNING, __file__, 1, text, args, trace)
    record.created = datetime(2026, 11, 28, 13, 40, 0, 250_000, UTC).timestamp()
    (found,) = lines(Json().format(record))
    return found


@pytest.fixture
def daemon(blog: Blog, site: FeedServer) -> Blog:
    """It asks a source that has a feed, and has a port of its own."""
    site.pages["/rss"] = answer(body=FEED.format(url=site.url).encode())
    listen_on(blog, free_port())
    migrated(blog.folder / "relay.db").close()  # a made one: nothing is brought up
    return blog


def listen_on(blog: Blog, port: int) -> None:
    blog.file.write_text(re.sub(r"127\.0\.0\.1:\d+\"\n(?=database)", f'127.0.0.1:{port}"\n', blog.file.read_text()))


def command(blog: Blog, *words: str) -> list[str]:
    return [sys.executable, "-m", "relay", *words, "--config", str(blog.file)]


def environment(form: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "RELAY_LOG"}
    return kept if form is None else kept | {"RELAY_LOG": form}


def test_a_line_says_when_how_bad_who_and_what() -> None:
    assert written("%s is gone", "cget") == {
        "time": "2026-11-28T13:40:00.250Z",
        "level": "warning",
        "logger": "relay",
        "message": "cget is gone",
    }


def test_what_a_message_names_stands_beside_it() -> None:
    said = written("cross-post %(crosspost)d for %(account)s", {"crosspost": 7, "account": "masto", "message": "no"})
    assert (said["message"], said["crosspost"], said["account"]) == ("cross-post 7 for masto", 7, "masto")


def test_a_traceback_is_one_field_of_one_line() -> None:
    try:
        int("sept")
    except ValueError as error:
        said = written("it broke", error=error)
    assert said["message"] == "it broke"
    assert said["exception"].splitlines()[0] == "Traceback (most recent call last):"
    assert said["exception"].splitlines()[-1].startswith("ValueError: ")


@pytest.mark.parametrize(
    ("form", "json_on_terminal", "json_elsewhere"),
    [
        ("", False, False),
        ("text", False, False),
        ("json", True, True),
        ("auto", False, True),
    ],
)
def test_who_reads_along_chooses(form: str, json_on_terminal: bool, json_elsewhere: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    master, slave = os.openpty()
    with open(slave, "w", encoding="utf-8") as terminal, (tmp_path / "log").open("w") as file:  # noqa: PTH123  # a descriptor
        assert is_json({"RELAY_LOG": form}, terminal) == json_on_terminal
        assert is_json({"RELAY_LOG": form}, file) == json_elsewhere
    os.close(master)


def test_any_other_word_is_refused() -> None:
    with pytest.raises(Ending, match="RELAY_LOG is 'xml': write text, json or auto") as ended:
        is_json({"RELAY_LOG": "xml"}, sys.stderr)
    assert ended.value.code == 78


def test_a_daemon_s_whole_life_is_json(daemon: Blog) -> None:
    """From the first poll on, over a new configuration, to the end."""
    with subprocess.Popen(
        command(daemon, "run"), stderr=subprocess.PIPE, text=True, env=environment("auto")
    ) as running:
        assert running.stderr
        try:
            said = [running.stderr.readline() for _ in range(2)]
            while "next poll" not in said[-1]:
                said.append(running.stderr.readline())
            running.send_signal(signal.SIGHUP)
            while "relay serves" not in said[-1]:
                said.append(running.stderr.readline())
            running.send_signal(signal.SIGTERM)
            said += running.stderr.readlines()
            code = running.wait(timeout=20)
        finally:
            running.kill()
    told = lines("".join(said))

    polled = next(line for line in told if "next poll" in line["message"])
    assert {"source", "what", "due", "why"} <= set(polled)
    assert polled["message"].startswith(f"{polled['source']}: ")
    assert "the configuration is taken: relay begins anew" in [line["message"] for line in told]
    assert told[-1]["message"] == "relay has ended"
    assert code == 0


def refused(blog: Blog) -> tuple[int, dict[str, Any]]:
    """How a start ended that was not to be, and the last that it said."""
    ended = subprocess.run(command(blog, "run"), capture_output=True, text=True, check=False, env=environment("json"))
    return ended.returncode, lines(ended.stderr)[-1]


@pytest.mark.thorough
def test_why_a_daemon_does_not_begin_is_json_too(daemon: Blog, site: FeedServer) -> None:
    listen_on(daemon, site.port)
    code, said = refused(daemon)
    assert (code, said["level"], "in use" in said["message"]) == (1, "critical", True)


def test_what_is_wrong_with_the_file_is_json_too(daemon: Blog) -> None:
    daemon.file.write_text("version = [")
    code, said = refused(daemon)
    assert (code, said["level"], f"{daemon.file.name}:1:" in said["message"]) == (78, "critical", True)


def test_what_nobody_caught_is_json_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN], capture_output=True, text=True, timeout=30, check=False, env=environment("json")
    )
    named, warned, thread, whole = lines(ended.stderr)

    assert ended.returncode == 1
    assert named["file"] == "caf\udce9"
    assert "this goes\nin two lines" in warned["message"]
    assert (thread["message"], thread["exception"].splitlines()[-1]) == (
        "a thread broke off",
        "ZeroDivisionError: division by zero",
    )
    assert (whole["message"], whole["exception"].splitlines()[-1]) == ("relay broke off", "KeyError: 'gone'")


def test_without_a_word_lines_are_as_they_always_were(daemon: Blog) -> None:
    """Whoever has ``relay run 2>log`` reads on as before."""
    with subprocess.Popen(command(daemon, "run"), stderr=subprocess.PIPE, text=True, env=environment(None)) as running:
        assert running.stderr
        try:
            first = running.stderr.readline()
        finally:
            running.kill()
    time.strptime(first[:19], "%Y-%m-%d %H:%M:%S")
    assert first[24:].startswith("INFO ")


@dataclass(frozen=True)
class Configured:
    token: Secret


@pytest.mark.parametrize("secret", ["s3cr3t-0001", 'it\'s "s3cr3t" \\ 1', "s3cr3t-é\n1"])
def test_no_secret_of_the_service_is_in_any_part_of_a_line(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor as JSON would spell it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    cover(Configured(Secret(secret)))
    cover(Configured(Secret(secret)))
    try:
        raise ValueError(secret)  # noqa: TRY301  # as a library would
    except ValueError:
        logging.getLogger("relay").exception("%(source)s: it broke", {"source": f"cget {secret}"})
    logging.getLogger("relay").warning("Authorization: Bearer another-one-0001")

    broken, warned = lines(stream.getvalue())
    assert broken["source"] == f"cget {COVER}"
    assert broken["message"] == f"cget {COVER}: it broke"
    assert broken["exception"].endswith(f"ValueError: {COVER}")
    assert COVER in warned["message"]
    assert not [secret for secret in ("s3cr3t", "another-one") if secret in stream.getvalue()]
