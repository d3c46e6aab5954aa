"""The process dies between any two steps of telling: afterwards everything is told, and nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from relay.core.telling.message import Stage
from relay.storage.database import Database
from tests.pipeline.world import Crash
from tests.telling.newsdesk import Newsdesk

COMMITS = 9
"""More than one pass has: noting, gathering, and for each of two readers claiming, freezing and settling."""


def dying(monkeypatch: pytest.MonkeyPatch, at: int, *, committed: bool) -> None:
    """The process is gone just before, or just after, its ``at``-th commit."""
    write, commits = Database.write, iter(range(1000))

    @contextmanager
    def wrapped(self: Database) -> Iterator[Connection]:
        number = next(commits)
        with write(self) as tx:
            yield tx
            if number == at and not committed:
                raise Crash
        if number == at and committed:
            raise Crash

    monkeypatch.setattr(Database, "write", wrapped)


@pytest.mark.parametrize("committed", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(COMMITS))
def test_a_room_and_a_mailbox_are_told_once_wherever_the_process_dies(
    bench: Newsdesk,
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    committed: bool,  # noqa: FBT001
) -> None:
    bench.listen(rooms=("salon",))
    bench.world.agency.titles[:] = ["Un premier bilan"]
    bench.world.poll()
    with monkeypatch.context() as patch:
        dying(patch, at, committed=committed)
        for _ in range(2):
            try:
                bench.tell()
            except Crash:
                break
            bench.world.pass_(minutes=1)
    for _ in range(8):
        bench.world.pass_(minutes=4)
        bench.tell()
    assert len(bench.matrix.texts()) == 1
    assert {one.stage for one in bench.rows()} == {Stage.SENT}
    assert len({mail["Message-ID"] for mail in bench.mail.mails}) == 1
    assert len(bench.mail.mails) <= 2  # a mail that was handed over and not noted goes again under the same name


@pytest.mark.parametrize("at", range(4))
def test_what_is_judged_is_set_right_wherever_the_process_dies(
    bench: Newsdesk, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    bench.listen(mails=(), rooms=("salon",))
    bench.world.agency.titles[:] = ["Un premier bilan"]
    bench.world.poll()
    bench.tell_later()
    bench.world.approve(bench.waiting("masto")[0])
    with monkeypatch.context() as patch:
        dying(patch, at, committed=True)
        for _ in range(2):
            try:
                bench.tell()
            except Crash:
                break
    for _ in range(4):
        bench.world.pass_(minutes=4)
        bench.tell()
    [text] = bench.matrix.texts()
    assert "✓ masto (Mastodon) – Approuvé par camille" in text
    assert {one.stage for one in bench.rows()} == {Stage.SENT}


def test_what_is_judged_while_the_message_is_on_its_way_is_set_right_after_it(
    bench: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.listen(mails=(), rooms=("salon",))
    bench.world.agency.titles[:] = ["Un premier bilan"]
    bench.world.poll()
    bench.tell()
    bench.world.pass_(seconds=30)
    answer = bench.wires["matrix"].network

    def judged_meanwhile(call: object) -> object:
        if "/send/" in call.path and bench.waiting("masto"):  # type: ignore[attr-defined]
            bench.world.approve(bench.waiting("masto")[0])
        return answer(call)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.wires["matrix"], "network", judged_meanwhile)
    bench.tell()
    assert "✓" not in bench.matrix.texts()[0]
    bench.tell()
    assert "✓ masto (Mastodon) – Approuvé par camille" in bench.matrix.texts()[0]
