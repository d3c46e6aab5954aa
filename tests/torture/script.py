"""A script, as a program that is tormented: it posts, then writes down that it has. The shortest there can be."""
# ruff: noqa: ARG002 — a program has the arguments of all programs

import json
import multiprocessing
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from types import FrameType

import httpx

from tests.fakes.mastodon import TOKEN
from tests.torture import clock as clocks
from tests.torture.clock import Clock
from tests.torture.program import Name, Post, Process, Standing
from tests.torture.worker import Workplace

_processes = multiprocessing.get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Script:
    """Its store is a folder: ``posts`` has its work; ``N.begun`` and ``N.sent`` are empty files of post N.

    Its accounts have to be Mastodon's. An answer that is an error, or none, is another try at the next pass.
    """

    place: Workplace

    def give(self, posts: Sequence[Post], now: datetime) -> None:
        """A line of JSON for each that is approved."""
        lines = [(one.number, one.account, one.moment.isoformat()) for one in posts if one.moment]
        (self.place.folder / "posts").write_text(json.dumps(lines))

    def start(self) -> Process:
        """A process of its own."""
        process = _processes.Process(target=_work, args=(self.place,), daemon=True)
        process.start()
        return process

    def in_flight(self) -> int:
        """Begun, and not sent as far as it knows."""
        return len(_noted(self.place.folder, "begun") - _noted(self.place.folder, "sent"))

    def is_done(self) -> bool:
        """Whether all is sent."""
        return len(_noted(self.place.folder, "sent")) == len(_posts(self.place.folder))

    def look(self, public: Mapping[Name, int]) -> None:
        """It asks nobody."""

    def standings(self) -> Mapping[Name, Standing]:
        """What it has noted."""
        sent, posts = _noted(self.place.folder, "sent"), _posts(self.place.folder)
        return {(name, number): _standing(is_sent=number in sent) for number, name, _ in posts}

    def damage(self) -> Sequence[str]:
        """Files are whole, or not there."""
        return ()


@contextmanager
def script(place: Workplace, _clock: Clock, _chance: Random) -> Iterator[Script]:
    """For ``--program tests.torture.script:script``."""
    yield Script(place)


def _standing(*, is_sent: bool) -> Standing:
    return Standing(
        is_approved=True, is_sent=is_sent, is_given_up=False, was_doubtful=False, said="sent" if is_sent else "open"
    )


def _work(place: Workplace) -> None:
    signal.signal(signal.SIGTERM, _end)
    clock = clocks.read(place.folder)
    with httpx.Client(headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as http:
        while True:
            for number, account, moment in _posts(place.folder):
                if moment <= clock.now() and number not in _noted(place.folder, "sent"):
                    _send(place, http, account, number)
            clock.passed()
            time.sleep(0.01)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _send(place: Workplace, http: httpx.Client, account: str, number: int) -> None:
    (place.folder / f"{number}.begun").touch()
    try:
        answer = http.post(f"{place.url}/{account}/api/v1/statuses", json={"status": f"Dépêche {number}"})
    except httpx.RequestError:
        return
    if answer.is_success:
        (place.folder / f"{number}.sent").touch()


def _posts(folder: Path) -> list[tuple[int, str, datetime]]:
    lines = json.loads((folder / "posts").read_text())
    return [(number, account, datetime.fromisoformat(moment)) for number, account, moment in lines]


def _noted(folder: Path, what: str) -> set[int]:
    return {int(file.stem) for file in folder.glob(f"*.{what}")}
