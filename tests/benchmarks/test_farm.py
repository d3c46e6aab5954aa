"""The farm knows what its askers heard: the audit's own truth hangs on it."""

import asyncio
import socket
import threading
from contextlib import closing

import pytest
from benchmarks.farm.answers import Answer, answer
from benchmarks.farm.documents import document
from benchmarks.farm.kinds import sites
from benchmarks.farm.news import listed, name, newest, published
from benchmarks.farm.saying import Line, say
from benchmarks.farm.site import DAY, START

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
EVERY = sites(199, seed=1)


async def heard(*, reads: bool) -> bool:
    """What the farm believes of an asker that reads the answer, or leaves before it is given."""
    found: list[bool] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\n")
        if not reads:
            left.wait()  # the whole loop is held up, as on a busy machine: it cannot see that the asker leaves
        found.append((await say(Answer(200, b"x" * 500), HEAD, Line(reader, writer, 1.0)))[1])
        writer.close()
        done.set()

    left, done = threading.Event(), asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    await asyncio.to_thread(_ask, server.sockets[0].getsockname(), left, reads=reads)
    await done.wait()
    server.close()
    return found[0]


def _ask(place: tuple[str, int], left: threading.Event, *, reads: bool) -> None:
    with closing(socket.create_connection(place)) as line:
        line.sendall(b"GET / HTTP/1.1\n")
        while reads and line.recv(4096).count(b"x") < 500:
            pass
    left.set()


@pytest.mark.parametrize("reads", [True, False])
def test_whoever_left_before_the_answer_came_has_not_heard_it(*, reads: bool) -> None:
    assert asyncio.run(heard(reads=reads)) is reads


def test_every_document_is_full_from_the_start_and_tells_nothing_of_the_future() -> None:
    for site in EVERY:
        for now in (START, START + 3.3 * DAY):
            told = listed(site, newest(site, now))
            assert len(told) == site.shown
            assert published(site, told[-1]) <= now
            assert document(site, told[-1]).count(b"Nouvelle ") == site.shown


def test_two_publishers_of_the_same_news_tell_the_same_entries() -> None:
    one, other, *_ = [site for site in EVERY if site.kind == "the news of another"]
    assert (one.place != other.place, newest(one, START)) == (True, newest(other, START))
    assert name(one, newest(one, START)).encode() in document(other, newest(other, START))


def test_a_server_that_knows_conditions_says_304_to_its_own_etag_and_200_to_another() -> None:
    for site in (site for site in EVERY if not (site.hops or site.spells) and site.etag not in {"none", "restless"}):
        told = answer(site, 0, (None, None), START, 1)
        assert (told.status, answer(site, 0, (told.etag, None), START, 2).status) == (200, 304)
        assert answer(site, 0, (b'"another"', told.modified), START, 3).status == 200
