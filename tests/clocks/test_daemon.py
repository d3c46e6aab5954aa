"""The daemon's own loops while its clock is set: its ticks go on, and a source is asked in its time."""

from pathlib import Path

import pytest

from relay.demo import timelines
from tests.clocks.daemon import Watch, is_there, running, until
from tests.commands.blog import FEED, Blog
from tests.fakes.feed_server import answer, listening
from tests.real.ports import free_port

HOUR, MONTH, WAIT = 3600, 30 * 86_400, 330
SOON = 10.0
"""Seconds from the moment at which something is due until it is stored; half of it where there is nothing else to do."""
PATIENCE = 60.0
POLLED, PUT_RIGHT = "next poll", "sources are dated anew"


def lines(folder: Path, what: str) -> int:
    """How many lines of the daemon's log say so."""
    return (folder / "daemon.log").read_text().count(what)


def configure(blog: Blog, source: str, far_end: str) -> None:
    """A source that is asked every five minutes, and an account that nothing leaves the machine for."""
    sandbox = f'network = "sandbox"\nserver = "{far_end}"\nimitates = "mastodon"'
    blog.configure(source, sandbox, port=free_port())
    text = blog.file.read_text().replace("[sources.cget]\n", '[sources.cget]\nevery = "5m"\npictures = "none"\n')
    blog.file.write_text(text)


@pytest.mark.skipif(not is_there(), reason="libfaketime is not installed: apt-get install faketime")
def test_its_loops_go_on_whatever_the_clock_does(tmp_path: Path) -> None:
    blog, watch, far_end = Blog(tmp_path), Watch(tmp_path), timelines.serve()
    with listening() as publisher:
        often = FEED.format(url=publisher.url).replace("<item>", "<ttl>5</ttl><item>", 1)
        publisher.script.append(answer(body=often.encode(), headers=[(b"ETag", b'"1"')]))
        configure(blog, publisher.url, far_end.url)

        def said(what: str, times: int) -> float:
            return until(lambda: lines(tmp_path, what) == times, PATIENCE)

        with running(blog.file, watch):
            first = said(POLLED, 1)
            watch.set(-HOUR)
            an_hour_back = said(PUT_RIGHT, 1)
            watch.set(-HOUR + WAIT)
            in_its_time = said(POLLED, 2)
            watch.set(MONTH)
            a_month_ahead = said(POLLED, 3)
            watch.set(0)
            back_again = said(PUT_RIGHT, 2)
            asked = sum(one.path == "/rss" for one in publisher.asked)
            watch.set(WAIT)
            once_more = said(POLLED, 4)
    far_end.stop()

    assert first < PATIENCE
    assert max(an_hour_back, in_its_time, a_month_ahead, back_again, once_more) <= SOON
    assert asked == 3  # none because the clock was set back
