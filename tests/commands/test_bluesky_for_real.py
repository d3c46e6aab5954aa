"""An approved cross-post on the real PDS: one record with right facets, whatever is repeated or killed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commands.blog import FEED, Blog
from tests.fakes.feed_server import answer, listening
from tests.fakes.pds import Member, Pds

pytestmark = pytest.mark.pds

KILLED_BETWEEN_SENDING_AND_SETTLING = """
import os, signal
from relay.pipeline.delivering import sending
sending._settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def member(pds: Pds) -> Member:
    return pds.join()


@pytest.fixture
def blog(tmp_path: Path, pds: Pds, member: Member) -> Iterator[Blog]:
    """Polled, and its first cross-post approved; the body that is mentioned is on the same server."""
    body = pds.join()
    (tmp_path / "password").write_text(member.password)
    account = (
        f'network = "bluesky"\nhandle = "{member.handle}"\nservice = "{pds.url}"\n'
        f'password = {{ file = "{tmp_path}/password" }}'
    )
    with listening() as publisher:
        publisher.script.append(answer(body=FEED.format(url=publisher.url).encode()))
        blog = Blog(tmp_path)
        blog.configure(publisher.url, account, handles=f'bluesky = "@{body.handle}"')
        polled = blog.relay("poll")
        assert polled.code == 0, polled.err
        blog.approve_first()
        yield blog


def later(**span: float) -> str:
    """A time to pass to --at."""
    return (datetime.now(UTC) + timedelta(**span)).isoformat()  # noqa: TID251  # the processes have the real clock


def marked(record: dict[str, Any]) -> dict[str, str]:
    """Kind of facet → the text it covers, cut out of the record by its byte offsets."""
    raw = record["text"].encode()
    found = {}
    for facet in record["facets"]:
        index = facet["index"]
        found[facet["features"][0]["$type"].rpartition("#")[2]] = raw[index["byteStart"] : index["byteEnd"]].decode()
    return found


def test_one_approved_cross_post_gives_one_record_with_right_facets(blog: Blog, pds: Pds, member: Member) -> None:
    delivered = blog.relay("deliver", "--json")
    records = pds.records(member)

    assert [one["state"] for one in delivered.json] == ["sent"]
    assert len(records) == 1
    facets = marked(records[0])
    assert facets["link"] == "https://blog.example/egalite-des-territoires-un-premier-bilan.html"
    assert facets["tag"] == "#SMCL"
    assert facets["mention"].startswith("@blog")


def test_delivering_again_gives_no_second_record(blog: Blog, pds: Pds, member: Member) -> None:
    blog.relay("deliver")
    again = blog.relay("deliver")

    assert again.out.strip() == "Nothing is due."
    assert len(pds.records(member)) == 1


def test_a_kill_between_sending_and_settling_gives_no_second_record(blog: Blog, pds: Pds, member: Member) -> None:
    killed = blog.relay("deliver", before=KILLED_BETWEEN_SENDING_AND_SETTLING)
    at_once = blog.relay("deliver")
    blog.relay("deliver", "--at", later(minutes=3))
    blog.relay("deliver", "--at", later(minutes=6))
    states = [one["state"] for one in blog.relay("queue", "list", "--json").json]

    assert killed.code == -9
    assert at_once.out.strip() == "Nothing is due."
    assert states == ["sent"]
    assert len(pds.records(member)) == 1


def test_a_wrong_password_holds_the_cross_post_and_says_so(blog: Blog, pds: Pds, member: Member) -> None:
    (blog.folder / "password").write_text("not the one")
    delivered = blog.relay("deliver", "--json")

    assert delivered.code == 1
    assert [one["state"] for one in delivered.json] == ["held"]
    assert "not the one" not in delivered.out + delivered.err
    assert pds.records(member) == []
