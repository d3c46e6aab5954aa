"""Who is told of what: ``[notify.…]`` as it becomes listeners."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from relay.config.load import load
from relay.config.messages import report
from relay.core.route import Slot
from relay.core.telling.listener import Kind, Listener
from relay.wiring import network_keys

FILE = """\
version = 1
language = "fr"
[mail]
server = "smtp.exemple.fr"
from = "relay@exemple.fr"
[accounts.salon]
network = "matrix"
server = "https://matrix.exemple.fr"
room = "#blog:exemple.fr"
token = { env = "T" }
[approvals.relecture]
remind = "4h"
[sources.cget]
url = "https://cget.exemple.fr/rss"
[accounts.masto]
network = "mastodon"
instance = "https://social.exemple.fr"
token = { env = "T" }
[[routes]]
from = "cget"
to = "masto"
approval = "relecture"
"""


def listeners(folder: Path, more: str) -> tuple[Listener, ...]:
    file = folder / "relay.toml"
    file.write_text(FILE + more)
    found = load(file, {"T": "not-a-real-one"}, network_keys())
    assert found.configuration is not None, report(found)
    assert found.messages == ()
    return found.configuration.listeners


def test_everything_is_told_at_once_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    [one] = listeners(tmp_path, '[notify.redaction]\nemail = "a@exemple.fr"\n')
    assert one == Listener("redaction", mails=("a@exemple.fr",))
    assert one.kinds == frozenset(Kind)


def test_every_key(tmp_path: Path) -> None:
    [one] = listeners(
        tmp_path,
        """
[notify.redaction]
email = ["a@exemple.fr", "b@exemple.fr", "a@exemple.fr"]
accounts = ["salon"]
when = ["waiting", "stopped"]
digest = "mon-fri 08:15"
gap = "2h"
for = ["masto"]
language = "en"
""",
    )
    assert one == Listener(
        "redaction",
        mails=("a@exemple.fr", "b@exemple.fr"),
        rooms=("salon",),
        kinds=frozenset({Kind.WAITING, Kind.STOPPED}),
        digest=Slot(frozenset(range(5)), time(8, 15)),
        gap=timedelta(hours=2),
        scope=("masto",),
        language="en",
    )


def test_a_reminder_is_the_rule_s(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(FILE)
    found = load(file, {"T": "not-a-real-one"}, network_keys()).configuration
    assert found is not None
    assert found.routes[0].approval.remind == timedelta(hours=4)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_language_is_the_file_s(tmp_path: Path, language: str) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(FILE.replace('"fr"', f'"{language}"') + '[notify.a]\nemail = "a@exemple.fr"\n')
    found = load(file, {"T": "not-a-real-one"}, network_keys()).configuration
    assert found is not None
    assert found.listeners[0].language == language
