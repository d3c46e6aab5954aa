"""A document that ends three processes is not read again until it has changed, or until somebody asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from relay.core.polling.quarantine import Quarantine
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from relay.pipeline.care import remedies, seen
from relay.pipeline.care.seen import Trouble
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.pushing.push import receive
from relay.pipeline.reading.reader import Reader
from relay.storage import pushes, quarantine
from relay.storage.database import Database
from relay.web.wording.said import said
from tests.pipeline.pushed import ACTIVE, put
from tests.pipeline.world import World, desk

CRASHED = "This document ended the process that read it (SIGSEGV)."
HELD = (
    f"This document is in quarantine: 3 times the process that read it had to be ended. {CRASHED} "
    "It is read again when it changes, or when somebody asks for the whole feed."
)
FRENCH = (
    "Ce document est en quarantaine (3 fois). Ce document a mis fin au processus de lecture (SIGSEGV). "
    "Il sera relu une fois changé, ou à la demande, en entier."
)


@dataclass
class Deadly(World):
    """A relay that reads in a cage with holes; ``sent`` is what the agency serves."""

    cage: Cage | None = None
    sent: bytes | None = None
    status: int = 200

    def asked(self, ask: Callable[[Database, Reader], list[Polled]]) -> Polled:
        assert self.cage

        def answer(request: httpx.Request) -> httpx.Response:
            self.agency.requests.append(request)
            return httpx.Response(self.status, content=self.agency.feed() if self.sent is None else self.sent)

        with httpx.Client(transport=httpx.MockTransport(answer)) as http:
            polled = ask(self.db, Reader.over(http, caged(self.cage)))[0]
        self.pass_(days=8)
        return polled

    def poll(self) -> Polled:
        return self.asked(lambda db, reader: poll_due(db, reader, self.desk, ["cget"], self.now))

    def whole(self) -> Polled:
        return self.asked(lambda db, reader: [remedies.ask_whole(db, reader, self.desk, "cget", self.now)])

    @property
    def held(self) -> Quarantine | None:
        with self.db.read() as tx:
            return quarantine.of(tx, "cget")

    @property
    def trouble(self) -> Trouble | None:
        with self.db.read() as tx:
            return seen.one(tx, self.desk, "cget", self.now).trouble

    @property
    def processes(self) -> int:
        """How many were started so far."""
        assert self.cage
        return self.cage._turns


@pytest.fixture
def deadly(db: Database, tmp_path: Path, cage: Cage) -> Deadly:
    return Deadly(db, tmp_path / "feeds", desk(), cage=cage)


def test_the_third_time_is_the_last(deadly: Deadly) -> None:
    assert deadly.poll().new == 2
    deadly.sent = b"crash"
    answers = [deadly.poll().state.answer for _ in range(3)]
    asked = deadly.processes
    after = deadly.poll()

    assert answers == [CRASHED] * 3
    assert after.state.answer == HELD
    assert deadly.processes == asked
    assert deadly.trouble is Trouble.QUARANTINE
    assert after.state.due
    assert after.state.backoff == 4  # it is asked still, ever more rarely


def test_a_document_that_has_changed_is_tried_once_and_released_if_it_can_be_read(deadly: Deadly) -> None:
    deadly.sent = b"crash"
    for _ in range(3):
        deadly.poll()
    deadly.sent = b"crash again"
    assert [deadly.poll().state.answer for _ in range(2)] == [CRASHED, HELD.replace("3 times", "4 times")]
    deadly.sent = None
    assert deadly.poll().new == 2
    assert (deadly.held, deadly.trouble) == (None, None)


@pytest.mark.parametrize("status", [200, 304])
def test_the_document_before_releases_it_when_it_comes_back(deadly: Deadly, status: int) -> None:
    """It is not read again, for it is known."""
    deadly.poll()
    deadly.sent = b"crash"
    for _ in range(3):
        deadly.poll()
    deadly.sent, deadly.status = None, status
    assert deadly.poll().state.answer == str(status)
    assert (deadly.held, deadly.trouble) == (None, None)


def test_a_person_may_have_it_read_once_more(deadly: Deadly) -> None:
    deadly.sent = b"crash"
    for _ in range(4):
        deadly.poll()
    assert deadly.whole().state.answer == CRASHED
    assert deadly.held
    assert deadly.held.strikes == 1


def test_a_document_that_only_cannot_be_read_is_not_held(deadly: Deadly) -> None:
    deadly.sent = b"<html>"
    for _ in range(5):
        deadly.poll()
    assert (deadly.held, deadly.trouble) == (None, Trouble.UNREADABLE)


def test_what_a_hub_pushes_counts_too(deadly: Deadly) -> None:
    deadly.poll()
    put(deadly, ACTIVE)
    assert deadly.cage
    with deadly.db.write() as tx:
        pushes.add(tx, "cget", None, b"crash", deadly.now)
    with httpx.Client() as http:
        told = receive(deadly.db, Reader.over(http, caged(deadly.cage)), desk(), deadly.now)
    assert [one.note for one in told] == [f"The last push could not be read: {CRASHED}"]
    assert deadly.held
    assert deadly.held.strikes == 1


def test_what_is_held_is_not_read_because_a_hub_pushes_it(deadly: Deadly) -> None:
    deadly.sent = b"crash"
    for _ in range(3):
        deadly.poll()
    put(deadly, ACTIVE)
    asked = deadly.processes
    assert deadly.cage
    with deadly.db.write() as tx:
        pushes.add(tx, "cget", None, b"crash", deadly.now)
    with httpx.Client() as http:
        told = receive(deadly.db, Reader.over(http, caged(deadly.cage)), desk(), deadly.now)
    assert [one.note for one in told] == [f"The last push could not be read: {HELD}"]
    assert deadly.processes == asked


@pytest.mark.parametrize(
    ("sentence", "french"),
    [
        (CRASHED, "Ce document a mis fin au processus de lecture (SIGSEGV)."),
        (
            "This document took more than 5 seconds of processor time to read.",
            "Ce document demande plus de 5 secondes de calcul.",
        ),
        ("This page took more than 10 seconds to read.", "Cette page demande plus de 10 secondes de lecture."),
        ("This document took more than 512 MB of memory to read.", "Ce document demande plus de 512 Mo de mémoire."),
        ("https://a.fr/ unfolds to more than 24 MB.", "https://a.fr/ se déplie en plus de 24 Mo."),
        ("This page cannot be read (KeyError: x).", "Cette page est illisible (KeyError: x)."),
        (
            "This document could not be read within 60 seconds: the machine is too busy.",
            "Ce document n’a pas pu être lu en 60 secondes : la machine est trop occupée.",
        ),
        (
            "This document could not be read: this machine starts no process to read it in (Out of memory).",
            "Ce document n’a pas pu être lu : cette machine ne lance aucun processus pour le lire (Out of memory).",
        ),
        (HELD, FRENCH),
        (
            "This picture cannot be had. It took more than 20 seconds of processor time to read.",
            "Cette image ne peut être obtenue. Elle demande plus de 20 secondes de calcul.",
        ),
        ("It ended the process that read it (SIGSEGV).", "Elle a mis fin au processus de lecture (SIGSEGV)."),
    ],
)
def test_why_is_said_in_french_too(sentence: str, french: str) -> None:
    assert said(sentence, "fr") == (french, "fr")
