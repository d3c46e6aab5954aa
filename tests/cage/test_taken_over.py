"""What a process that somebody has taken over may still do: nothing to relay, to its files, or to what it publishes."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.msgpack import Decoder

from relay.core.document import ParsedFeed
from relay.intake.caged.allowance import DOCUMENT, Failed
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from relay.intake.pictures.rendition import Unusable


def said(cage: Cage, wish: str) -> str:
    found = caged(cage).feed(wish.encode(), "", None)
    assert found.error is None
    return found.title or ""


def test_it_changes_locks_and_signals_nothing_by_any_other_way(cage: Cage, tmp_path: Path) -> None:
    """Files and processes of relay's own user, which a descriptor to read is enough for."""
    victim = tmp_path / "victim"
    victim.write_text("kept")
    before = victim.stat()
    with subprocess.Popen(["/bin/sleep", "60"]) as other:
        wishes = [f"queue {other.pid}", f"own {other.pid}", f"lock {victim}", f"mode {victim}", f"stamp {victim}"]
        answers = {wish.split()[0]: said(cage, wish) for wish in [*wishes, "type"]}
        alive = other.poll() is None
        other.kill()
    assert answers == dict.fromkeys(answers, "refused: Permission denied")
    assert alive
    assert (victim.stat().st_mode, victim.stat().st_mtime) == (before.st_mode, before.st_mtime)


def test_it_sees_nothing_of_relay_s_process_and_has_no_terminal(cage: Cage) -> None:
    """Where secrets stand that come by the environment, and the key."""
    assert said(cage, "look environ") == "refused: Permission denied"
    assert said(cage, "look maps") == "refused: Permission denied"
    assert said(cage, "session") == "True"


def test_it_raises_no_limit_of_its_memory(cage: Cage) -> None:
    assert said(cage, "more") == "refused"


def test_a_program_of_32_bits_on_a_machine_of_64_is_not_kept_from_everything() -> None:
    """As on a Raspberry Pi: the filter knows the calls of the machine only, and would deny all others."""
    program = "import sys; sys.maxsize = 2**31 - 1; from relay.intake.caged.denial import deny; print(deny())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_document_that_sleeps_is_to_blame(cage: Cage) -> None:
    """It has had no time because it wanted none: the machine was there."""
    short = replace(DOCUMENT, clock=1.0)
    found = cage.ask("feed", Decoder(ParsedFeed), b"sleep", "", None, allowance=short)
    assert found == Failed("took more than 1 seconds to read", is_deadly=True)


LIES = [b"elsewhere ../../atom", b"elsewhere /etc/x", b"untrue image/png", b"untrue text/html"]


@pytest.mark.parametrize("lie", LIES)
def test_a_picture_is_kept_only_by_its_own_name_and_as_what_it_is(cage: Cage, lie: bytes) -> None:
    """By its name a file is written, in the folder that is published."""
    nonsense = Unusable("It ended the process that read it (it spoke nonsense).")
    assert caged(cage).renditions(lie) == nonsense
