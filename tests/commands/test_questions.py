"""``relay questions``: what an operator sees and says in a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.blog import Blog, Near
from tests.commands.test_command_line import SANDBOX
from tests.fakes.feed_server import FeedServer, answer, listening

HEAD = [(b"Content-Type", b"application/rss+xml")]


def document(*names: str) -> bytes:
    items = "".join(
        f"<item><title>Nouvelle {name}</title><link>https://agence.example/{name}</link><guid>urn:{name}</guid>"
        "<pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate><description>Un texte.</description></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Agence</title><link>https://agence.example/</link><description/>{items}</channel></rss>'.encode()


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening() as server:
        many = document("a", *(f"n{number}" for number in range(20)))
        server.script += [answer(body=document("a"), headers=HEAD), answer(body=many, headers=HEAD)]
        yield server


@pytest.fixture
def blog(tmp_path: Path, publisher: FeedServer, capsys: pytest.CaptureFixture[str]) -> Blog:
    blog = Near(tmp_path, capsys)
    blog.configure(publisher.url, SANDBOX)
    blog.relay("user", "add", "camille")
    blog.relay("user", "add", "remi", "--role", "writer")
    return blog


def test_a_flood_is_one_question_and_a_yes_queues_it(blog: Blog) -> None:
    blog.relay("poll", "--at", "2026-11-24T08:00:00Z")
    assert blog.relay("questions", "list").out == "No questions.\n"
    blog.relay("poll", "--all", "--at", "2026-11-24T10:00:00Z")

    (question,) = blog.relay("questions", "list", "--json").json
    assert (question["kind"], question["source"], len(question["entries"])) == ("flood", "cget", 20)
    assert "cget" in blog.relay("questions", "list").out
    refused = blog.relay("questions", "answer", str(question["id"]), "yes", "--as", "remi")
    assert refused.code == 1
    assert "remi (writer) may not answer questions." in refused.err

    said = blog.relay("questions", "answer", str(question["id"]), "yes", "--as", "camille", "--json").json
    assert (said["answer"], said["by"], said["queued"]) == ("yes", "camille", 20)
    assert len(blog.relay("queue", "list", "--state", "waiting", "--json").json) == 21
    assert blog.relay("questions", "list", "--json").json == []


def test_who_is_nobody_and_what_is_not_asked_are_said(blog: Blog) -> None:
    nobody = blog.relay("questions", "answer", "1", "no", "--as", "personne")
    nothing = blog.relay("questions", "answer", "1", "no", "--as", "camille")

    assert "there is no editor 'personne'" in nobody.err
    assert "There is no question 1" in nothing.err
