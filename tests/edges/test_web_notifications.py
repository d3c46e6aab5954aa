"""Who is told of what, as an admin sees it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.account import Account
from relay.core.crosspost import Keys
from relay.core.people import Role
from relay.core.slot import slot
from relay.core.telling.listener import Kind, Listener, Reader
from relay.core.telling.message import Message, Stage
from relay.pipeline.telling.wishes import Wishes
from relay.storage import messages
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.fakes.mailserver import Mailserver, receiving


@pytest.fixture
def server() -> Mailserver:
    return Mailserver()


@pytest.fixture
def room(tmp_path: Path, server: Mailserver) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom, receiving(server) as wire:
        mail = Account("mail", "email", {"server": wire.url, "from": "relay@exemple.fr", "security": "none"})
        wishes = Wishes(
            listeners=(
                Listener(
                    "redaction",
                    mails=("camille@exemple.fr", "denis@exemple.fr"),
                    kinds=frozenset({Kind.WAITING, Kind.FAILED}),
                    digest=slot("mon-fri 08:15"),
                ),
                Listener("direction", mails=("d@exemple.fr",), scope=("masto",)),
            ),
            mail=mail,
            zone="Europe/Paris",
            said=lambda text, _: text,
            hour=lambda moment, _, __: f"{moment:%H:%M}",
            label=str.capitalize,
            mint=lambda: Keys(newsroom.clock(), 1),
        )
        object.__setattr__(newsroom.office, "wishes", wishes)
        yield newsroom


def message(room: Newsroom, to: str, stage: Stage, note: str = "", minutes: int = 0) -> None:
    now = room.clock() - timedelta(minutes=minutes)
    made = Message(
        minutes, Reader("redaction", is_room=False, name=to), Keys(now, 1), now, stage, note=note, done_at=now
    )
    with room.office.db.write() as tx:
        messages.put(tx, made)


def test_an_admin_sees_who_is_told_what_and_how_that_went(room: Newsroom) -> None:
    message(room, "camille@exemple.fr", Stage.SENT, minutes=9)
    message(room, "denis@exemple.fr", Stage.FAILED, "127.0.0.1 answered 550: User unknown", minutes=8)
    shown = room.editor("ada", Role.ADMIN).get("/notifications").text
    assert "échecs, à relire · ensemble, lun., mar., mer., jeu., ven. 08:15" in shown
    assert "aussitôt, un message toutes les 10 minutes au plus · pour masto" in shown
    assert 'arrivé <time datetime="2026-11-24T10:51:00+00:00">11:51 (Paris)</time>' in shown
    assert "127.0.0.1 a répondu 550" in shown
    assert "User unknown" in shown
    assert shown.count('<li class="bad">') == 1
    assert "rien encore" in shown


def test_the_test_says_what_came_of_it(room: Newsroom, server: Mailserver) -> None:
    browser = room.editor("ada", Role.ADMIN)
    shown = browser.post("/notifications/direction/test").text
    assert "arrivé" in shown
    assert [to for _, to in server.envelopes] == ["d@exemple.fr"]
    server.says["RCPT"] = "550 5.1.1 User unknown"
    assert "User unknown" in browser.post("/notifications/direction/test").text
    assert browser.post("/notifications/nobody/test").headers["location"] == "/notifications"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.TOKEN}])
def test_addresses_of_colleagues_are_for_an_admin(room: Newsroom, server: Mailserver, role: Role) -> None:
    browser = room.editor("ana", role)
    assert browser.get("/notifications").status_code == 403
    assert browser.post("/notifications/direction/test").status_code == 403
    assert "/notifications" not in browser.get("/review").text
    assert server.mails == []


def test_where_nobody_is_told_the_page_says_how_to_begin(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        shown = room.editor("ada", Role.ADMIN).get("/notifications?lang=en").text
        assert "Nobody is told anything. To begin:" in shown
        assert "There is no [mail]" in shown
