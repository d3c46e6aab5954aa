"""The processes of relay's: started, stopped, killed, and started again as a supervisor would."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.scale.plan import Plan
from tests.scale.site import Site, environment

EARLY = "relay was told to end before it had begun"
"""Then it is gone at once, with nothing to finish."""
REFUSED = "See `database` in the configuration."
"""What one says that cannot begin, as its database is out of reach; whoever supervises it begins it again."""
AGAIN = 1.0
"""Seconds after which a supervisor starts again what has died."""


@dataclass(slots=True)
class Staff:
    """``ended`` are processes that ended by themselves, with their codes: none should."""

    plan: Plan
    site: Site
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str) -> None:
        """A process of this name; its log is in the folder."""
        is_worker = name.startswith("worker") and self.plan.work == "workers"
        command = "worker" if is_worker else "run"
        times, plant = self.plan.times.written(), self.plan.plant
        line = [sys.executable, "-m", "tests.scale.started", times, plant]
        line += [command, "--config", str(self.site.file(name))]
        with (self.site.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(line, stdout=log, stderr=log, env=environment())  # ours
        with self._lock:
            self.processes[name] = started

    def send(self, name: str, number: signal.Signals) -> None:
        """A signal."""
        with self._lock:
            self.processes[name].send_signal(number)

    def kill(self, name: str) -> None:
        """Without a word; it is started again in a moment."""
        with self._lock:
            process = self.processes[name]
        process.kill()
        process.wait()
        time.sleep(AGAIN)
        if not self._is_over.is_set():
            self.start(name)

    def look(self) -> None:
        """Start again who has ended by itself, and remember it; not one that began while it was cut off, and said so."""
        with self._lock:
            gone = [
                (name, one.poll()) for name, one in self.processes.items() if one.poll() not in {None, -signal.SIGKILL}
            ]
        for name, code in gone:
            if not self._said_last(name, REFUSED):
                self.ended.append(f"{name} ended by itself, with {code}")
            self.start(name)

    def end(self, names: Sequence[str] = ()) -> None:
        """Tell these, or all, to end, and wait for it; who does not within ten seconds is killed, and remembered."""
        self._is_over.set()
        chosen = {name: one for name, one in self.processes.items() if not names or name in names}
        for one in chosen.values():
            one.send_signal(signal.SIGCONT)
            one.terminate()
        for name, one in chosen.items():
            try:
                code = one.wait(15)
            except subprocess.TimeoutExpired:
                one.send_signal(signal.SIGABRT)
                code = one.wait()
            if code != 0 and not self._said_last(name, EARLY):
                self.ended.append(f"{name} ended with {code} when it was told to")

    def _said_last(self, name: str, what: str) -> bool:
        return (self.site.folder / f"{name}.log").read_text(encoding="utf-8").rstrip().endswith(what)

    def stop(self) -> None:
        """All of them, at once, whatever they do."""
        self._is_over.set()
        for one in self.processes.values():
            one.kill()
            one.wait()

    def sayings(self) -> list[str]:
        """Tracebacks in their logs: nobody should see one."""
        logs = sorted(self.site.folder.glob("*.log"))
        return [f"a traceback in {one.name}" for one in logs if b"Traceback" in one.read_bytes()]
