"""What is told in rooms: by each network's own way of posting, and set right once it is judged, where it can be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.review.transitions import Event
from relay.core.telling.listener import Kind
from relay.core.telling.message import Stage
from relay.pipeline.accounts import standing
from tests.fakes.wire import Fault
from tests.telling.newsdesk import Newsdesk, listener

ROOM = {"mails": (), "rooms": ("salon",)}


def one_entry(bench: Newsdesk) -> None:
    bench.world.agency.titles[:] = ["Un premier bilan"]
    bench.world.poll()


def test_a_room_has_the_words_where_they_would_go_and_where_to_judge_them(bench: Newsdesk) -> None:
    bench.listen(**ROOM)
    one_entry(bench)
    [message] = bench.tell_later()
    assert message.stage is Stage.SENT
    [text] = bench.matrix.texts()
    masto, bsky = bench.waiting("masto")[0], bench.waiting("bsky")[0]
    assert text.startswith(
        "À relire – Un premier bilan\nSource\u00a0: CGET\n\nmasto (Mastodon) – si approuvé maintenant"
    )
    assert masto.draft.text in text
    assert f"Ouvrir\u00a0: https://blog.example/review/{masto.id}" in text
    assert f"Ouvrir\u00a0: https://blog.example/review/{bsky.id}" in text
    assert "/d/" not in text
    assert bench.mail.mails == []


def test_of_many_entries_a_room_has_the_titles(bench: Newsdesk) -> None:
    bench.listen(**ROOM)
    bench.world.agency.titles[:] = [f"Nouvelle {number}" for number in range(6)]
    bench.world.poll()
    bench.tell_later()
    [text] = bench.matrix.texts()
    assert text.count("À relire – Nouvelle ") == 6
    assert "Le chapô" not in text


@pytest.mark.parametrize("room", ["salon", "canal", "equipe", "intranet"])
def test_what_was_judged_is_said_in_the_same_message(bench: Newsdesk, room: str) -> None:
    bench.listen(mails=(), rooms=(room,))
    one_entry(bench)
    bench.tell_later()
    masto = bench.waiting("masto")[0]
    bench.world.pass_(minutes=5)
    bench.world.approve(masto)
    bench.tell()
    [text] = shown(bench, room)
    assert "✓ masto (Mastodon) – Approuvé par camille 13:05 (Paris)" in text
    assert "bsky (Bluesky) – si approuvé maintenant" in text
    assert bench.rows()[0].stage is Stage.SENT


def shown(bench: Newsdesk, room: str) -> list[str]:
    match room:
        case "salon":
            return bench.matrix.texts()
        case "canal":
            return [one.text for one in bench.telegram.messages]
        case "equipe":
            return bench.slack.texts()
        case _:
            return [post["data"]["text"] for post in list(bench.hook.posts.values())[-1:]]


def test_who_refused_it_is_said_and_who_else_may_have_nothing_more_to_do(bench: Newsdesk) -> None:
    bench.listen(**ROOM)
    one_entry(bench)
    bench.tell_later()
    bench.move(bench.waiting("masto")[0], Event.REJECT, "Hors sujet")
    bench.move(bench.waiting("bsky")[0], Event.ASK_CHANGES, "Trop long")
    bench.tell()
    [text] = bench.matrix.texts()
    assert "✓ masto (Mastodon) – Refusé par denis 13:00 (Paris)" in text
    assert "✓ bsky (Bluesky) – Corrections demandées par denis 13:00 (Paris)" in text


def test_that_nothing_has_changed_asks_nothing_of_the_network(bench: Newsdesk) -> None:
    bench.listen(**ROOM)
    one_entry(bench)
    bench.tell_later()
    bench.world.approve_all()
    bench.tell()
    calls = len(bench.wires["matrix"].calls)
    bench.world.deliver()  # approved becomes scheduled and sent, by relay
    bench.tell()
    assert "✓ masto (Mastodon) – Publié – approuvé par camille" in bench.matrix.texts()[0]
    again = len(bench.wires["matrix"].calls)
    assert again > calls
    bench.world.pass_(hours=3)
    bench.tell()
    assert len(bench.wires["matrix"].calls) == again


@pytest.mark.parametrize("fault", list(Fault))
def test_whatever_befalls_the_call_a_room_is_told_exactly_once(bench: Newsdesk, fault: Fault) -> None:
    bench.listen(**ROOM)
    one_entry(bench)
    bench.wires["matrix"].faults.append(fault)
    bench.tell_later()
    bench.wires["matrix"].settle()
    for _ in range(6):
        bench.world.pass_(minutes=4)
        bench.tell()
    assert len(bench.matrix.texts()) == 1
    assert bench.rows()[0].stage is Stage.SENT


def test_where_nobody_can_look_a_doubt_stays_one_and_is_shown(bench: Newsdesk) -> None:
    bench.listen(mails=(), rooms=("canal",))
    one_entry(bench)
    bench.wires["telegram"].faults.append(Fault.DROP_AFTER)
    bench.tell_later()
    for _ in range(6):
        bench.world.pass_(minutes=10)
        bench.tell()
    assert len(bench.telegram.messages) == 1
    [message] = bench.rows()
    assert (message.stage, message.not_before) == (Stage.DOUBT, None)
    assert "look" in message.note


def test_a_room_that_hangs_on_a_wrong_secret_keeps_nobody_else_waiting(bench: Newsdesk) -> None:
    bench.listen(rooms=("salon",))
    bench.matrix.is_member = False
    bench.world.poll()
    bench.tell_later()
    assert bench.mail.mails
    assert {one.reader.name: one.stage for one in bench.rows()} == {
        "redaction@exemple.fr": Stage.SENT,
        "salon": Stage.DUE,
    }
    with bench.db.read() as tx:
        assert standing.held(tx, "salon") is None
    bench.matrix.is_member = True
    bench.world.pass_(hours=1)
    bench.tell()
    assert len(bench.matrix.texts()) == 1


def test_a_room_s_message_is_never_longer_than_its_network_takes(bench: Newsdesk) -> None:
    bench.listen(mails=(), rooms=("equipe",))
    bench.world.agency.titles[:] = [f"Nouvelle {number} {'é' * 200}" for number in range(10)]
    bench.world.poll()
    bench.world.agency.titles[:] = [f"Autre {number} {'é' * 200}" for number in range(9)]
    bench.world.agency.etag = '"v2"'
    bench.world.poll()
    [message] = bench.tell_later()
    assert message.stage is Stage.SENT
    [text] = bench.slack.texts()
    assert 1000 < len(text) <= 3000
    assert "autres entrées" in text


def test_a_line_of_hyphens_begins_no_other_message(bench: Newsdesk) -> None:
    bench.listen(**ROOM)
    one_entry(bench)
    bench.put(bench.waiting("masto")[0], draft=_of(bench, "Avant\n---\nAprès"))
    bench.tell_later()
    assert "Avant\n—\nAprès" in bench.matrix.texts()[0]


def _of(bench: Newsdesk, text: str) -> object:
    return replace(bench.waiting("masto")[0].draft, text=text)


def test_two_listeners_are_told_each_at_its_own_time(bench: Newsdesk) -> None:
    bench.listeners = (*bench.listeners, listener(id="direction", mails=("d@exemple.fr",), gap=timedelta(hours=5)))
    bench.tell()
    bench.world.poll()
    bench.tell_later()
    bench.world.agency.titles.insert(0, "Un bus pour le plateau")
    bench.world.agency.etag = '"v2"'
    bench.world.poll()
    bench.tell_later(minutes=20)
    assert sorted(to for _, to in bench.mail.envelopes) == [
        "d@exemple.fr",
        "redaction@exemple.fr",
        "redaction@exemple.fr",
    ]


def test_what_failed_says_why_and_what_to_do(bench: Newsdesk) -> None:
    bench.listen(Kind.FAILED, **ROOM)
    one_entry(bench)
    bench.fall(bench.waiting("masto")[0], State.FAILED, "The text is too long for masto: 501 of 500 graphemes.")
    bench.tell_later()
    [text] = bench.matrix.texts()
    assert text.startswith("Échec – Un premier bilan")
    assert "masto (Mastodon) – Le texte est trop long pour masto : 501 sur 500." in text
    assert "Corrigez ou resoumettez\u202f; sinon, refusez." in text
