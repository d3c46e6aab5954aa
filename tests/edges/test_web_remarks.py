"""Comments on a cross-post: said, read in its history, struck out; and what changed, word by word."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from relay.pipeline import queue
from relay.storage import earlier, entries, remarks, revisions
from relay.web.differing import Change
from relay.web.edits import edits
from relay.web.timeline import since_yes, timeline
from tests.edges.newsroom import NOON, Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def kept(room: Newsroom, id: int = 1) -> list[remarks.Remark]:
    with room.office.db.read() as tx:
        return remarks.of(tx, id)


def test_a_comment_is_kept_shown_and_told_in_the_history(room: Newsroom) -> None:
    browser = room.editor("remi", Role.WRITER)
    answer = browser.post("/review/1/remark?state=waiting", data={"remark": "  À vérifier ?\r\nMerci  "})
    assert answer.headers["location"] == "/review/1?state=waiting&said=remark#history"
    assert [(one.who, one.text, one.struck_at) for one in kept(room)] == [("remi", "À vérifier ?\nMerci", None)]
    assert room.history(1)[-1].what == "comment 1: À vérifier ?\nMerci"
    shown = room.editor().get("/review/1").text
    assert "À vérifier ?\nMerci</p>" in shown
    assert "1 commentaire" in shown


def test_a_comment_touches_no_word_and_no_yes(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/1/approve", data={"revision": "1"})
    before = room.crosspost(1)
    browser.post("/review/1/remark", data={"remark": "Vu"})
    assert room.crosspost(1) == before


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.WRITER, 303), (Role.ADMIN, 303)])
def test_who_may_comment(room: Newsroom, role: Role, status: int) -> None:
    browser = room.editor("x", role)
    assert browser.post("/review/1/remark", data={"remark": "Bonjour"}).status_code == status
    assert ('name="remark"' in browser.get("/review/1").text) == (status == 303)
    assert len(kept(room)) == (1 if status == 303 else 0)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_nothing_and_too_much_are_no_comment_and_stay_in_the_box(room: Newsroom, text: str) -> None:
    answer = room.editor().post("/review/1/remark", data={"remark": text})
    assert answer.status_code == 409
    assert kept(room) == []
    assert ("x" * 4001 in answer.text) == (text.strip() != "")


def test_only_its_author_strikes_a_comment_out_and_it_stays_readable(room: Newsroom) -> None:
    remi, camille = room.editor("remi", Role.WRITER), room.editor()
    remi.post("/review/1/remark", data={"remark": "Mot de trop"})
    assert camille.post("/review/1/remarks/1/strike").status_code == 409
    assert "/remarks/1/strike" not in camille.get("/review/1").text
    assert "/remarks/1/strike" in remi.get("/review/1").text
    assert remi.post("/review/1/remarks/1/strike").status_code == 303
    assert remi.post("/review/1/remarks/1/strike").status_code == 409
    assert kept(room)[0].struck_at == NOON
    assert "<s>Mot de trop</s>" in camille.get("/review/1").text
    assert room.history(1)[-1].what == "comment 1 struck out"


def test_a_comment_is_struck_out_where_it_stands_alone(room: Newsroom) -> None:
    remi = room.editor("remi", Role.WRITER)
    remi.post("/review/1/remark", data={"remark": "Ici"})
    assert remi.post("/review/2/remarks/1/strike").status_code == 409
    assert kept(room)[0].struck_at is None


def test_words_of_every_revision_are_kept_and_compared(room: Newsroom) -> None:
    first = room.crosspost(1).draft
    remi = room.editor("remi", Role.WRITER)
    remi.post("/review/1/edit", data={"revision": "1", "text": "Dix mesures pour les villes"})
    remi.post("/review/1/edit", data={"revision": "2", "text": "Douze mesures pour les villes"})
    with room.office.db.read() as tx:
        words = revisions.of(tx, room.crosspost(1))
    assert [words[1], words[2].text, words[3].text] == [
        first,
        "Dix mesures pour les villes",
        "Douze mesures pour les villes",
    ]
    story = timeline(room.history(1), (), words)
    assert story[-1].words == (
        Change("gone", "Dix"),
        Change("new", "Douze"),
        Change("same", " mesures pour les villes"),
    )


def test_an_editor_sees_what_changed_since_their_own_yes(room: Newsroom) -> None:
    camille = room.editor()
    camille.post("/review/1/approve", data={"revision": "1"})
    room.editor("remi", Role.WRITER).post("/review/1/edit", data={"revision": "1", "text": "Autre chose"})
    assert "Ce qui a changé depuis votre accord (révision 1)" in camille.get("/review/1").text
    assert "depuis votre accord" not in room.editor("dora", Role.DIRECTOR).get("/review/1").text
    crosspost = room.crosspost(1)
    with room.office.db.read() as tx:
        words = revisions.of(tx, crosspost)
    since = since_yes(room.history(1), "camille", words, crosspost.revision)
    assert since
    assert since.revision == 1
    assert Change("new", "Autre chose") in since.words


def change_source(room: Newsroom, headline: str, id: int = 1) -> None:
    with room.office.db.write() as tx:
        entry = entries.get(tx, id)
        assert entry
        post = replace(entry.post, headline=headline)
        entries.change(tx, id, "print", post, headline)
        earlier.keep(tx, id, entry.post, room.clock())
        queue.revise(tx, room.office.desk, id, entry.post, post, room.clock())


def test_what_the_source_changed_is_shown_word_by_word(room: Newsroom) -> None:
    with room.office.db.read() as tx:
        entry = entries.get(tx, 1)
    assert entry
    before = entry.post.headline
    room.clock.now = NOON.replace(minute=5)
    change_source(room, f"{before} !")
    shown = room.editor().get("/review/1").text
    assert "Modifié à la source, 12:05 (Paris)" in shown
    assert room.crosspost(1).state is State.WAITING
    with room.office.db.read() as tx:
        after, known = entries.get(tx, 1), earlier.of(tx, 1)
    assert after
    found = edits(after, known, NOON)
    assert found
    assert found.headline == (Change("same", before), Change("new", " !"))


def test_edits_are_told_from_what_stood_at_the_last_yes(room: Newsroom) -> None:
    for minute, headline in ((5, "Un"), (10, "Deux"), (15, "Trois")):
        room.clock.now = NOON.replace(minute=minute)
        change_source(room, headline)
    with room.office.db.read() as tx:
        entry, known = entries.get(tx, 1), earlier.of(tx, 1)
    assert entry
    found = edits(entry, known, NOON.replace(minute=7))
    assert found
    assert (found.times, found.headline) == (2, (Change("gone", "Un"), Change("new", "Trois")))


def test_of_a_page_that_changes_at_every_poll_only_the_last_are_kept(room: Newsroom) -> None:
    for number in range(earlier.MOST + 5):
        change_source(room, f"Titre {number}")
    with room.office.db.read() as tx:
        known = earlier.of(tx, 1)
    assert [one.post.headline for one in known] == [f"Titre {number}" for number in range(4, earlier.MOST + 4)]
