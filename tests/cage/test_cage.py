"""What a process that reads may do, what it costs a document to end it, and that nobody else notices."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.msgpack import Decoder

from relay.core.document import ParsedFeed
from relay.intake.caged import cell as module
from relay.intake.caged.allowance import Allowance, Failed
from relay.intake.caged.cage import RENEWED, Cage
from relay.intake.caged.cell import Cell, cell
from relay.intake.caged.reading import caged
from relay.intake.parse import parse
from tests.corpora.corpus import CORPORA, PROJECT

FEED = Decoder(ParsedFeed)
SHORT = Allowance(processor=1, clock=2.0, memory=96 * 1024**2, result=1024**2)
RSS = b"<rss version='2.0'><channel><title>T</title><item><title>%s</title></item></channel></rss>"


def read(cage: Cage, document: bytes, allowance: Allowance = SHORT) -> ParsedFeed | Failed:
    return cage.ask("feed", FEED, document, "https://a.fr/rss", None, allowance=allowance)


def said(cage: Cage, wish: str) -> str:
    found = read(cage, wish.encode())
    assert isinstance(found, ParsedFeed), found
    return found.title or ""


def is_well(cage: Cage) -> bool:
    found = read(cage, RSS % b"well", replace(SHORT, clock=30.0))
    return isinstance(found, ParsedFeed) and [one.title for one in found.entries] == ["well"]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("spin", "took more than 1 seconds of processor time to read"),
        ("eat", "took more than 96 MB of memory to read"),
        ("crash", "ended the process that read it (SIGSEGV)"),
        ("leave", "ended the process that read it (exit 3)"),
        ("swell", "unfolds to more than 1 MB"),
        ("lie", "ended the process that read it (it spoke nonsense)"),
        ("nest", "ended the process that read it (it spoke nonsense)"),
    ],
)
def test_a_document_that_ends_its_process_is_a_value_and_the_next_is_read(cage: Cage, wish: str, why: str) -> None:
    assert read(cage, wish.encode(), replace(SHORT, clock=30.0)) == Failed(why, is_deadly=True)
    assert is_well(cage)


def test_a_document_that_takes_too_long_by_the_clock_is_given_up(cage: Cage) -> None:
    """Its processor's seconds would last for longer."""
    took = read(cage, b"spin", replace(SHORT, processor=50, clock=1.0))
    assert took == Failed("took more than 1 seconds to read", is_deadly=True)
    assert is_well(cage)


def test_a_document_is_not_to_blame_for_a_machine_that_has_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STARVED", 1.0)
    started: list[Cell] = []
    with closing(counted(started)) as cage:
        assert is_well(cage)
        started[0].process.send_signal(signal.SIGSTOP)
        took = read(cage, RSS % b"waits", replace(SHORT, clock=0.2))
        assert took == Failed("could not be read within 1 seconds: the machine is too busy", is_deadly=False)
        assert is_well(cage)


def test_a_process_that_reads_is_refused_whatever_it_has_no_need_of(cage: Cage, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as server, subprocess.Popen(["/bin/sleep", "60"]) as other:
        wishes = [
            f"connect {server.getsockname()[1]}",
            f"write {tmp_path}/new",
            f"write {victim}",
            f"make {tmp_path}/f",
        ]
        wishes += [f"remove {victim}", "fork", "run", f"kill {other.pid}"]
        refused = [wish.split()[0] for wish in wishes if said(cage, wish).startswith("refused")]
        alive = other.poll() is None
        other.kill()
    assert refused == [wish.split()[0] for wish in wishes]
    assert alive
    assert [file.name for file in tmp_path.iterdir()] == ["victim"]
    assert victim.read_text() == "kept"


def test_it_has_neither_the_secrets_nor_the_files_of_relay(
    cage: Cage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RELAY_KEY", "a secret")
    with (tmp_path / "relay.db").open("w") as kept, closing(Cage(cage.open_one)) as later:
        os.set_inheritable(kept.fileno(), True)  # noqa: FBT003  # its only name
        assert said(later, "known") == "LC_ALL"
        assert said(later, "open") == "/dev/null /dev/null /dev/null pipe pipe"


def test_what_a_library_prints_is_no_answer(cage: Cage) -> None:
    assert said(cage, "print") == "printed"
    assert is_well(cage)


def test_slow_documents_delay_nobody(cage: Cage) -> None:
    """Four at once, which is more than read at the same time. Whoever closes a cage waits for none of them."""
    long = Allowance(processor=60, clock=60.0, memory=10**8, result=10**6)
    with ThreadPoolExecutor(4) as pool, closing(Cage(cage.open_one)) as own:
        slow = [pool.submit(read, own, b"spin", long) for _ in range(4)]
        time.sleep(0.1)
        begun = time.monotonic()
        assert is_well(own)
        assert time.monotonic() - begun < 40
        assert not any(one.done() for one in slow)
        own.close()
        ended = [one.exception(30) or one.result() for one in slow]
    assert all(isinstance(one, Failed | OSError) for one in ended)


@pytest.mark.parametrize("wish", ["", "spin"])
def test_a_relay_that_is_killed_leaves_no_process_behind(wish: str) -> None:
    """Not one that waits, and not one that is at a document either."""
    program = (
        f"import sys, threading; sys.path[0] = '{PROJECT}'; from relay.intake.caged.cell import cell;"
        "from relay.intake.caged.child import Question; from relay.intake.caged.tasks import ENCODER;"
        "from relay.intake.caged.allowance import Allowance; from tests.cage.hole import PROGRAM;"
        "one = cell(PROGRAM); print(one.process.pid, flush=True);"
        f"one.ask(Question('feed', Allowance(1, 20.0, 10**8, 10**6)), ENCODER.encode((b'{wish}', '', None)));"
        "threading.Event().wait()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=PROJECT) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        time.sleep(0.2)
        assert is_alive(process)
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while is_alive(process) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(process)


def is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def counted(started: list[Cell]) -> Cage:
    """One that tells what it has started."""

    def another() -> Cell:
        started.append(cell())
        return started[-1]

    return Cage(another)


def test_a_signal_that_is_meant_for_relay_does_not_end_what_reads() -> None:
    """As ``systemctl stop`` and Ctrl-C send it to all processes: the document that is read is read to its end."""
    started: list[Cell] = []
    with closing(counted(started)) as cage:
        assert is_well(cage)
        for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            started[0].process.send_signal(sent)
        assert is_well(cage)
    assert len(started) == 1
    assert started[0].process.poll() is not None


def test_a_process_is_replaced_after_its_time() -> None:
    started: list[Cell] = []
    with closing(counted(started)) as cage:
        assert is_well(cage)
        started[0].read = RENEWED
        assert is_well(cage)
        assert is_well(cage)
    assert len(started) == 2
    assert all(one.process.poll() is not None for one in started)


def test_a_machine_that_starts_no_process_is_not_the_documents_doing_and_the_next_is_read() -> None:
    opened = iter([OSError(errno.EAGAIN, "Resource temporarily unavailable")])

    def open_one() -> Cell:
        for error in opened:
            raise error
        return cell()

    with closing(Cage(open_one)) as cage:
        found = read(cage, RSS % b"A")
        assert isinstance(found, Failed)
        assert (found.is_deadly, "starts no process" in found.why) == (False, True)
        assert is_well(cage)


@pytest.mark.parametrize("family", ["french", "gofeed"])
def test_what_is_read_in_a_cage_is_what_is_read_without(cage: Cage, family: str) -> None:
    """Everything that a document can say comes through: dates, persons, enclosures, pictures."""
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora here: {CORPORA} is missing")
    reading = caged(cage)
    documents = [file for file in sorted((CORPORA / family).rglob("*")) if file.is_file() and file.suffix != ".md"][:30]
    different = [
        file.name
        for file in documents
        if reading.feed(file.read_bytes(), "https://a.fr/", None) != parse(file.read_bytes(), "https://a.fr/", None)
    ]
    assert documents
    assert different == []
