"""One process that reads documents, as relay has it: started, asked, and ended."""

import fcntl
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import clock_gettime, monotonic

from msgspec import Raw

from relay.intake.caged import frames
from relay.intake.caged.allowance import Allowance, Failed, ended, starved, too_big, too_busy, too_long, too_much
from relay.intake.caged.child import ANSWER, ERROR, LAST, MEMORY, READY, Question
from relay.intake.caged.hiding import hide
from relay.intake.caged.tasks import ENCODER

START = 60.0
"""Seconds in which it must have loaded its libraries."""
IDLE = 10
"""A document that had less than such a part of its time was not slow: the machine was."""
STARVED = 60.0
"""Seconds after which even that is the end."""
_SCHEDULED = 2
"""Of the clocks of a process the one that counts all of its time (CPUCLOCK_SCHED)."""
_WIDE = 1024 * 1024
"""Bytes that a pipe holds, where the kernel lets it: most documents go in at once."""
PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from relay.intake.caged.child import main; main()"


@dataclass(slots=True)
class Cell:
    """``read`` documents so far; ``is_over``: it is not to be asked again."""

    process: "subprocess.Popen[bytes]"
    read: int = 0
    is_over: bool = False
    is_last: bool = False
    """It goes behind all others, and only root could call it back: it ends with what it is at."""

    @property
    def _in(self) -> int:
        assert self.process.stdin is not None
        return self.process.stdin.fileno()

    @property
    def _out(self) -> int:
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def ask(self, question: Question, arguments: bytes) -> bytes | Failed:
        """What it reads in a document. Whatever the document does, there is an answer soon after its time."""
        allowance, spent = question.allowance, self._spent()
        self.read += 1
        try:
            asked = ENCODER.encode(question._replace(arguments=Raw(arguments)))
            frames.send(self._in, asked, monotonic() + STARVED)
            self._wait(allowance, spent)
            said = frames.receive(self._out, allowance.result, monotonic() + allowance.clock)
        except TimeoutError:
            is_own = self._has_had_time(allowance, spent) or self._is_asleep()
            return self._ended(too_long(allowance) if is_own else starved(STARVED))
        except frames.TooMuch:
            return self._ended(too_much(allowance))
        except (EOFError, OSError):
            return self._ended(self._fate(allowance))
        return self._told(said, allowance)

    def _wait(self, allowance: Allowance, spent: float) -> None:
        """Until it begins to answer; a ``TimeoutError`` when its time is over, and it was its own."""
        end = monotonic() + allowance.clock
        last = max(end, monotonic() + STARVED)
        while not frames.is_readable(self._out, end):
            if monotonic() > last or self._has_had_time(allowance, spent) or self._is_asleep():
                raise TimeoutError
            end = monotonic() + 1

    def _has_had_time(self, allowance: Allowance, spent: float) -> bool:
        return self._spent() - spent > allowance.clock / IDLE

    def _spent(self) -> float:
        """Seconds of processor time that it has had; a document that had next to none is not to blame."""
        try:
            return clock_gettime(~self.process.pid << 3 | _SCHEDULED)  # clock_getcpuclockid(3)
        except OSError:
            return inf

    def _is_asleep(self) -> bool:
        """Whether it waits, though all is there and it has said nothing: that is no lack of time."""
        return self._words()[:1] == ["S"] and not frames.is_readable(self._out, monotonic())

    def _words(self) -> list[str]:
        """What the kernel says of it, from its state on; nothing of one that is no more."""
        try:
            return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return []

    def slow_down(self) -> None:
        """Whatever else wants the processor goes first."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 19)
        self.is_last = True

    def end(self) -> None:
        """Kill it, and wait for the little that takes."""
        self.is_over = True
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _told(self, said: bytes, allowance: Allowance) -> bytes | Failed:
        kind, rest = said[:1], said[1:]
        if kind == ERROR:
            return Failed(f"cannot be read ({rest.decode('utf-8', 'replace')})", is_deadly=False)
        if kind == ANSWER:
            return rest
        self.end()
        if kind == LAST:
            return rest
        return too_big(allowance) if kind == MEMORY else ended("it spoke nonsense")

    def _ended(self, why: Failed) -> Failed:
        self.end()
        return why

    def _fate(self, allowance: Allowance) -> Failed:
        """Why it ended by itself."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        code = self.process.poll()
        if code == -signal.SIGXCPU:
            return too_busy(allowance)
        if code == -signal.SIGALRM:
            return too_long(allowance)
        return ended(signal.Signals(-code).name if code and code < 0 else f"exit {code}")


def cell(program: str = PROGRAM) -> Cell:
    """A new one, ready to be asked; an ``OSError`` where the machine has no room for it."""
    found = Cell(_started(program))
    try:
        if frames.receive(found._out, 1, monotonic() + START) == READY:  # noqa: SLF001  # its maker's
            return found
    except (EOFError, TimeoutError):
        pass
    found.end()
    raise OSError("the process that reads documents did not start")


def _started(program: str) -> "subprocess.Popen[bytes]":
    """Nothing of relay's goes with it: no open file, no setting, no secret of the environment, no terminal."""
    hide()
    places = [place for place in sys.path if place.startswith("/")]
    process = subprocess.Popen(  # noqa: S603  # nothing of a stranger's is in this line
        [sys.executable, "-I", "-S", "-c", program, *places],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _WIDE)
    return process
