"""A long queue on the command line comes a page at a time, and says where it goes on."""

from pathlib import Path

from tests.commands.blog import Blog
from tests.commands.test_command_line import SANDBOX
from tests.commands.test_questions import HEAD, document
from tests.fakes.feed_server import answer, listening


def test_a_page_of_the_queue_says_where_the_next_begins(tmp_path: Path) -> None:
    with listening() as server:
        server.script += [answer(body=document(*"abcde"), headers=HEAD)]
        blog = Blog(tmp_path)
        blog.configure(server.url, SANDBOX)
        blog.relay("poll", "--at", "2026-11-24T08:00:00Z")

    first = blog.relay("queue", "list", "--limit", "2", "--json")
    assert [one["id"] for one in first.json] == [1, 2]
    assert "--after 2" in first.err

    rest = blog.relay("queue", "list", "--after", "2", "--json")
    assert ([one["id"] for one in rest.json], rest.err) == ([3, 4, 5], "")
    assert blog.relay("queue", "list", "--limit", "some").code == 2
