"""What is told by mail, and when: each thing once, to each mailbox."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.review.transitions import Event
from relay.core.route import Slot
from relay.core.slot import slot
from relay.core.telling.listener import Kind
from relay.core.telling.message import Stage
from relay.pipeline import stopping
from relay.pipeline.telling import items
from relay.pipeline.telling.tell import sweep
from relay.storage import grants
from tests.telling.newsdesk import DIRECTOR, Newsdesk, listener


def hour(written: str) -> Slot:
    found = slot(written)
    assert found
    return found


def test_what_waits_is_told_once_and_together(bench: Newsdesk) -> None:
    bench.world.poll()
    assert bench.tell() == []  # its pictures may still come
    bench.world.pass_(seconds=30)
    [message] = bench.tell()
    assert message.stage is Stage.SENT
    bench.world.pass_(hours=9)
    assert bench.tell() == []
    [mail] = bench.mail.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == ("redaction@exemple.fr", "relay@exemple.fr", "4 × À relire")
    [text] = bench.mail.texts()
    assert text.count("[À relire]") == 4
    assert "Source : CGET" in text.replace("\u00a0", " ")
    assert "[À relire] masto (Mastodon) – si approuvé maintenant, départ\u00a0: 13:01 (Paris)" in text
    first = bench.waiting()[0]
    assert f"Ouvrir\u00a0: https://blog.example/review/{first.id}" in text
    assert first.draft.text.splitlines()[0] in text
    assert "Les réponses à cette lettre ne sont lues par personne" in text


def test_a_mailbox_that_is_nobody_s_gets_no_links_but_to_the_page(bench: Newsdesk) -> None:
    bench.world.poll()
    bench.tell_later()
    html = bench.mail.mails[0].get_body(("html",))
    assert html is not None
    assert "/d/" not in html.get_content()
    assert "/d/" not in bench.mail.texts()[0]


def test_what_was_there_before_anybody_listened_is_not_told(bench: Newsdesk) -> None:
    bench.listeners = ()
    bench.world.poll()
    bench.tell()
    bench.listeners = (listener(id="nouveau"),)
    bench.tell_later(hours=2)
    assert bench.mail.mails == []


def test_at_once_means_one_message_in_ten_minutes(bench: Newsdesk) -> None:
    bench.world.poll()
    bench.tell_later()
    bench.world.agency.titles.insert(0, "Un bus pour le plateau")
    bench.world.agency.etag = '"v2"'
    bench.world.poll()
    bench.tell_later(minutes=9)
    assert len(bench.mail.mails) == 1
    bench.world.pass_(minutes=1)
    bench.tell()
    assert bench.subjects()[1:] == ["À relire : Un bus pour le plateau"]
    assert "Un bus pour le plateau" in bench.mail.texts()[1]
    assert "Un premier bilan" not in bench.mail.texts()[1]


def test_a_digest_gathers_until_its_hour_in_the_zone_of_the_service(bench: Newsdesk) -> None:
    bench.listen(digest=hour("mon-fri 08:15"))
    bench.world.poll()  # a Tuesday, noon
    bench.tell_later(hours=19)
    assert bench.mail.mails == []
    bench.world.pass_(minutes=15)  # 08:15 in Paris is 07:15 UTC
    bench.tell()
    assert bench.subjects() == ["4 × À relire"]


def test_a_digest_of_friday_s_news_comes_on_monday(bench: Newsdesk) -> None:
    bench.listen(digest=hour("mon-fri 08:15"))
    bench.world.pass_(days=3)
    bench.world.poll()
    bench.tell_later(days=2)
    assert bench.mail.mails == []
    bench.world.pass_(hours=20)
    bench.tell()
    assert len(bench.mail.mails) == 1


def test_what_is_judged_before_it_is_told_is_not_told(bench: Newsdesk) -> None:
    bench.world.poll()
    bench.tell()
    for one in bench.world.in_state(State.WAITING):
        bench.world.approve(one)
    bench.world.pass_(minutes=1)
    bench.tell()
    assert bench.mail.mails == []


def test_each_kind_only_for_who_wants_it(bench: Newsdesk) -> None:
    bench.listen(Kind.HELD)
    bench.world.poll()
    bench.tell_later()
    assert bench.mail.mails == []


def test_what_a_source_takes_back_is_told_as_held_and_what_a_colleague_holds_is_not(bench: Newsdesk) -> None:
    bench.listen(Kind.HELD)
    bench.world.poll()
    first, second = bench.waiting()
    bench.move(first, Event.HOLD)
    bench.fall(second, State.HELD, "The source has withdrawn this entry.")
    bench.tell_later()
    assert bench.subjects() == [f"Suspendu : {second.draft.title}"]
    assert "La source a retiré cette entrée." in bench.mail.texts()[0]


def test_only_of_the_accounts_that_a_listener_is_for(bench: Newsdesk) -> None:
    bench.listen(scope=("bsky",))
    bench.world.poll()
    bench.tell_later()
    assert "masto" not in bench.mail.texts()[0]
    assert "[À relire] bsky (Bluesky)" in bench.mail.texts()[0]


def test_every_mailbox_gets_a_letter_of_its_own(bench: Newsdesk) -> None:
    bench.listen(mails=("a@exemple.fr", "b@exemple.fr"))
    bench.world.poll()
    bench.tell_later()
    assert sorted(to for _, to in bench.mail.envelopes) == ["a@exemple.fr", "b@exemple.fr"]
    assert len({mail["Message-ID"] for mail in bench.mail.mails}) == 2


def test_in_english_for_who_reads_english(bench: Newsdesk) -> None:
    bench.listen(language="en")
    bench.world.poll()
    bench.tell_later()
    assert bench.subjects() == ["4 × To review"]
    assert "if approved now, leaves: 13:01 (Paris)" in bench.mail.texts()[0]
    assert bench.mail.mails[0]["Content-Language"] == "en"


def test_many_entries_are_counted_where_they_are_too_many_to_read(
    bench: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.world.agency.titles[:] = [f"Nouvelle {number}" for number in range(10)]
    bench.world.poll()
    bench.tell()
    monkeypatch.setattr(items, "MOST", 4)
    bench.tell_later()
    assert "… et 6 autres entrées\u00a0: https://blog.example/review" in bench.mail.texts()[0]


def test_what_still_waits_is_told_again_once(bench: Newsdesk) -> None:
    route = bench.world.desk.routes[0]
    rule = replace(route.approval, remind=timedelta(hours=4))
    bench.world.desk = replace(bench.world.desk, routes=(replace(route, approval=rule),))
    bench.world.poll()
    bench.tell_later()
    bench.world.approve(bench.waiting()[0])
    bench.tell_later(hours=3, minutes=59)
    assert len(bench.mail.mails) == 1
    bench.world.pass_(minutes=2)
    bench.tell_later()
    assert bench.subjects()[1:] == ["3 × À relire"]
    assert "toujours là" in bench.mail.texts()[1]
    bench.tell_later(days=2)
    assert len(bench.mail.mails) == 2


def test_an_emergency_stop_waits_for_no_digest(bench: Newsdesk) -> None:
    bench.listen(digest=hour("mon-fri 08:15"))
    bench.world.poll()
    bench.tell()
    stopping.stop(bench.db, (DIRECTOR, "test"), "Une erreur est en ligne", bench.world.now)
    bench.tell()
    [text] = bench.mail.texts()
    assert bench.subjects() == ["Arrêt d’urgence"]
    assert "denis a tout arrêté\u00a0: Une erreur est en ligne. Rien ne part de nulle part." in text
    assert "Un premier bilan" not in text


def test_an_access_that_ends_is_told_for_each_time_it_is_foretold(bench: Newsdesk) -> None:
    with bench.db.write() as tx:
        grants.foretell(tx, "masto", bench.world.now + timedelta(days=7), 7, bench.world.now)
    bench.tell_later()
    bench.tell_later(hours=1)
    assert bench.subjects() == ["Accès à renouveler"]
    assert "L’accès du compte masto prend fin le mar. 1er déc. 2026, 13:00 (Paris)." in bench.mail.texts()[0]


def test_what_was_told_long_ago_is_forgotten_and_not_told_again(bench: Newsdesk) -> None:
    with bench.db.write() as tx:
        grants.foretell(tx, "masto", bench.world.now + timedelta(days=7), 7, bench.world.now)
    bench.tell_later()
    bench.world.pass_(days=100)
    sweep(bench.db, bench.world.now)
    bench.tell_later()
    assert bench.subjects() == ["Accès à renouveler"]


def test_the_server_s_no_is_kept_and_shown_and_holds_up_nothing(bench: Newsdesk) -> None:
    bench.mail.says["RCPT"] = "550 5.1.1 User unknown"
    bench.world.poll()
    [message] = bench.tell_later()
    assert (message.stage, message.note) == (Stage.DUE, "127.0.0.1 answered 550: 5.1.1 User unknown")
    bench.world.approve_all()
    assert {one.state for one in bench.world.deliver()} == {State.SENT}
    assert bench.mail.mails == []


def test_a_server_that_says_later_is_asked_later_for_three_days(bench: Newsdesk) -> None:
    bench.mail.says["RCPT"] = "450 4.2.0 Greylisted"
    bench.world.poll()
    bench.tell_later()
    assert bench.tell() == []
    bench.mail.says.clear()
    bench.world.pass_(minutes=5)
    bench.tell()
    assert len(bench.mail.mails) == 1


def test_what_cannot_be_sent_for_three_days_is_given_up_and_says_so(bench: Newsdesk) -> None:
    bench.mail.says["RCPT"] = "450 4.2.0 Greylisted"
    bench.world.poll()
    bench.tell_later()
    for _ in range(80):
        bench.world.pass_(hours=1)
        bench.tell()
    assert [one.stage for one in bench.rows()] == [Stage.FAILED]
    bench.mail.says.clear()
    bench.tell_later(hours=5)
    assert bench.mail.mails == []
