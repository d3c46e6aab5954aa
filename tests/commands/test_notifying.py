"""``relay notify``, and what ``relay status`` says of messages that did not arrive."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relay.config.load import load
from relay.core.crosspost import Keys
from relay.core.telling.listener import Reader
from relay.core.telling.message import Message, Stage
from relay.storage import messages
from relay.storage.database import open_database
from relay.wiring import at, build, clock, network_keys
from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes import matrix as matrix_fake
from tests.fakes.feed_server import FeedServer, answer
from tests.fakes.mailserver import Mailserver, receiving
from tests.fakes.wire import Wire, listening

NOTIFY = """
[mail]
server   = "{mail}"
from     = "relay@exemple.fr"
security = "none"

[accounts.salon]
network = "matrix"
server  = "{matrix}"
room    = "{room}"
token   = {{ file = "{folder}/token" }}

[notify.redaction]
email    = ["redaction@exemple.fr"]
accounts = ["salon"]
when     = ["waiting"]
"""


class Ends:
    """A mail server and a room."""

    def __init__(self) -> None:
        self.mail = Mailserver()
        self.matrix = matrix_fake.Homeserver()


@pytest.fixture
def ends(blog: Blog, tmp_path: Path) -> Iterator[Ends]:
    found = Ends()
    (tmp_path / "token").write_text(matrix_fake.TOKEN)
    with receiving(found.mail) as mail, listening(Wire(found.matrix.answer, publishes="/send/")) as matrix:
        more = NOTIFY.format(mail=mail.url, matrix=matrix.url, room=matrix_fake.ALIAS, folder=tmp_path)
        blog.file.write_text(blog.file.read_text() + more)
        yield found


def test_a_test_message_reaches_everybody_and_says_so(relay: Relay, ends: Ends) -> None:
    said = relay("notify", "test", "redaction")
    assert (said.code, said.out) == (0, "redaction@exemple.fr: sent\nsalon: sent\n")
    words = "Test of [notify.redaction]: relay’s messages arrive here."
    assert ends.mail.texts() == [words]
    assert ends.matrix.texts() == [words]


def test_who_was_not_reached_is_said_with_the_reason(relay: Relay, ends: Ends) -> None:
    ends.mail.says["RCPT"] = "550 5.1.1 User unknown"
    ends.matrix.is_encrypted = True
    said = relay("notify", "test", "redaction")
    assert said.code == 1
    assert "redaction@exemple.fr: 127.0.0.1 answered 550: 5.1.1 User unknown\n" in said.out
    assert "salon: The room is encrypted: relay writes only into rooms that are not.\n" in said.out


def test_a_name_that_is_not_there_gets_the_names_that_are(relay: Relay, ends: Ends) -> None:
    said = relay("notify", "test", "direction")
    assert said.code == 1
    assert said.err == "relay: there is no [notify.direction]; there are: redaction\n"
    assert ends.mail.mails == []


def test_without_any_it_says_what_to_write(relay: Relay) -> None:
    assert "write [notify.…] in the configuration" in relay("notify", "list").out


def test_the_list_says_whom_of_what(relay: Relay, ends: Ends) -> None:
    [one] = json.loads(relay("notify", "list", "--json").out)
    assert (one["name"], one["readers"], one["when"]) == ("redaction", "redaction@exemple.fr, salon", "waiting")
    assert one["last"] is None
    assert "redaction@exemple.fr, salon" in relay("notify", "list").out
    assert ends.mail.mails == []


def test_status_says_what_did_not_arrive(relay: Relay, ends: Ends, tmp_path: Path) -> None:
    assert "untold" not in json.loads(relay("status", "--json").out)
    now = datetime.now(UTC)  # noqa: TID251  # as the command has it
    lost = Message(
        1,
        Reader("redaction", is_room=False, name="redaction@exemple.fr"),
        Keys(now, 1),
        made_at=now - timedelta(days=4),
        stage=Stage.FAILED,
        note="127.0.0.1 answered 550: User unknown",
        done_at=now,
    )
    db = open_database(str(tmp_path / "relay.db"))
    with db.write() as tx:
        messages.put(tx, lost)
    db.close()
    [one] = json.loads(relay("status", "--json").out)["untold"]
    assert (one["notify"], one["reader"], one["standing"]) == ("redaction", "redaction@exemple.fr", "failed")
    assert one["why"] == "127.0.0.1 answered 550: User unknown"
    assert "UNTOLD" in relay("status").out
    assert ends.mail.mails == []


def test_what_a_poll_brings_is_told_by_the_service_as_it_is_configured(
    relay: Relay, blog: Blog, site: FeedServer, ends: Ends
) -> None:
    site.pages["/rss"] = answer(body=FEED.format(url=site.url).encode())
    assert relay("poll").code == 0  # nobody listened yet
    found = load(blog.file, os.environ, network_keys()).configuration
    assert found is not None
    with build(found, clock) as service:
        service.tell_editors()
        more = FEED.format(url=site.url).replace("/bilan", "/suite").replace("un premier bilan", "une suite")
        site.pages["/rss"] = answer(body=more.replace("23 Nov", "24 Nov").encode())
        [polled] = service.poll(["cget"])
        assert polled.new == 1
        service.tell_editors()
        later = at(service, clock() + timedelta(minutes=1))
        assert {one.stage for one in later.tell_editors()} == {Stage.SENT}
        assert later.tell_editors() == []
    [text] = ends.mail.texts()
    assert "[To review] out (Mastodon) – if approved now, leaves: " in text
    assert "Open: http://127.0.0.1" in text
    assert len(ends.matrix.texts()) == 1
