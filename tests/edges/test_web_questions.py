"""The page on which editors are asked about sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from relay.core.crosspost import State
from relay.core.entry import Identity
from relay.core.people import Role
from relay.core.question import Kind
from relay.storage import entries, merged, questions
from relay.storage.tables.editorial import entries as rows
from relay.web.wording.asking import ASKING
from relay.web.wording.said import said
from tests.edges.newsroom import NOON, Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def ask(room: Newsroom, kind: Kind, subject: str = "", ids: tuple[int, ...] = ()) -> int:
    with room.office.db.write() as tx:
        return questions.ask(tx, "anct", kind, subject, ids, NOON)


def test_nothing_points_to_it_while_there_is_nothing_to_answer(room: Newsroom) -> None:
    browser = room.editor()
    assert 'href="/questions"' not in browser.get("/review").text
    assert "Aucune question." in browser.get("/questions").text


def test_every_page_points_to_it_while_something_is_open(room: Newsroom) -> None:
    ask(room, Kind.GONE)
    browser = room.editor()
    for page in ("/review", "/sources"):
        assert '<a href="/questions">Questions <span class="number">1</span></a>' in browser.get(page).text
    assert 'href="/questions"' not in room.visitor().get("/feeds/").text


def test_a_card_says_what_happened_and_names_the_entries(room: Newsroom) -> None:
    ask(room, Kind.FLOOD, ids=(1, 2))
    shown = room.editor().get("/questions").text
    with room.office.db.read() as tx:
        titles = [entry.post.headline for entry in entries.by_ids(tx, (1, 2)).values()]
    assert "<h2>ANCT</h2>" in shown
    assert "bien plus de nouvelles entrées que d’habitude" in shown
    assert all(f'<li lang="fr">{title}</li>' in shown for title in titles)


def test_a_yes_puts_its_entries_up_for_review(room: Newsroom) -> None:
    room.change(1, 2, state=State.SKIPPED)
    id = ask(room, Kind.FLOOD, ids=(1,))
    answer = room.editor().post(f"/questions/{id}/yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/questions")
    assert [room.crosspost(one).state for one in (1, 2)] == [State.WAITING, State.WAITING]
    assert [(line.who, line.means) for line in room.history(1)][-1] == ("camille", "page")


def test_a_no_leaves_them(room: Newsroom) -> None:
    room.change(1, 2, state=State.SKIPPED)
    room.editor().post(f"/questions/{ask(room, Kind.FLOOD, ids=(1,))}/no")
    assert room.crosspost(1).state is State.SKIPPED


def test_two_entries_that_tell_the_same_stand_together_with_their_sources(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        merged.put(tx, 2, 1)
    ask(room, Kind.SAME, "https://anct.exemple.fr/2", (1, 2))
    shown = room.editor().get("/questions").text.split("<main")[1].split("</main>")[0]
    with room.office.db.read() as tx:
        first, second = entries.by_ids(tx, (1, 2)).values()
    assert shown.index(first.post.headline) < shown.index(second.post.headline)
    assert f'href="{second.post.credit_url}"' in shown
    assert shown.count("</a> · ANCT</li>") == 2
    assert "nouvelle adresse" not in shown


def test_a_no_makes_two_posts_of_them(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        merged.put(tx, 2, 1)
    id = ask(room, Kind.SAME, "https://anct.exemple.fr/2", (1, 2))
    room.editor().post(f"/questions/{id}/no")
    with room.office.db.read() as tx:
        assert [one.merged_into for one in entries.by_ids(tx, (1, 2)).values()] == [None, None]


def test_who_may_not_judge_sees_it_and_cannot_answer(room: Newsroom) -> None:
    id = ask(room, Kind.FLOOD, ids=(1,))
    writer = room.editor("remi", Role.WRITER)
    assert "<form" not in writer.get("/questions").text.split("<main")[1].split("</main>")[0]
    refused = writer.post(f"/questions/{id}/yes")
    assert refused.status_code == 403
    assert "remi (rôle « writer ») n’en a pas le droit." in refused.text


def test_who_comes_second_is_told_so(room: Newsroom) -> None:
    id = ask(room, Kind.MOVED, "https://b.exemple.fr/rss")
    browser = room.editor()
    browser.post(f"/questions/{id}/no")
    second = browser.post(f"/questions/{id}/no")
    assert second.status_code == 409
    assert "Quelqu’un a été plus rapide" in second.text


@pytest.mark.parametrize(
    ("kind", "subject", "ids", "expected"),
    [
        (Kind.FLOOD, "", (1,), ["Oui, les mettre à relire", "Non, les laisser de côté"]),
        (Kind.RENAMED, "", (1,), ["Oui, les mettre à relire", "Non, les laisser de côté"]),
        (Kind.RENAMED, "", (), ["C’est noté"]),
        (Kind.GONE, "https://b.exemple.fr/rss", (), ["Lire cette adresse désormais", "Non"]),
        (Kind.GONE, "", (), ["C’est noté"]),
        (Kind.MISSING, "https://b.exemple.fr/rss", (), ["Lire cette adresse désormais", "Non"]),
        (Kind.MOVED, "https://b.exemple.fr/rss", (), ["C’est noté"]),
        (Kind.SAME, "", (1, 2), ["Oui, c’est la même", "Non, en faire deux articles"]),
    ],
)
def test_a_card_has_the_buttons_that_do_something(
    room: Newsroom, kind: Kind, subject: str, ids: tuple[int, ...], expected: list[str]
) -> None:
    ask(room, kind, subject, ids)
    main = room.editor().get("/questions").text.split("<main")[1]
    assert [part.split("</button>")[0].split(">")[1] for part in main.split("<button")[1:]] == expected
    assert subject in main


@pytest.mark.parametrize("path", ["/questions/x/yes", "/questions/1/perhaps"])
def test_an_address_that_is_no_answer_is_not_found(room: Newsroom, path: str) -> None:
    ask(room, Kind.MOVED)
    assert room.editor().post(path).status_code == 404


def test_a_question_of_a_source_that_is_gone_from_the_configuration_can_be_answered(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        id = questions.ask(tx, "ancien", Kind.FLOOD, "", (99,), NOON)
    browser = room.editor()
    assert "<h2>ancien</h2>" in browser.get("/questions").text
    assert browser.post(f"/questions/{id}/yes").status_code == 303


def test_every_kind_of_question_has_its_words() -> None:
    choices = {f"{word}.{kind}" for word in ("yes", "no") for kind in Kind if kind is not Kind.MOVED}
    assert {f"ask.{kind}" for kind in Kind} | choices <= ASKING.keys()


def test_an_entry_of_two_sources_names_both_on_the_page(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        entries.remember(tx, "autre", 1, frozenset({Identity("guid", "f" * 64)}))
    shown = room.editor().get("/review/1").text
    assert "<span>ANCT, autre</span>" in shown
    assert "2 sources" in shown


def test_an_entry_into_which_another_source_s_is_merged_names_both_on_the_page(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        tx.execute(update(rows).where(rows.c.id == 2).values(source_id="autre"))
        merged.put(tx, 2, 1)
    shown = room.editor().get("/review/1").text
    assert "<span>ANCT, autre</span>" in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "The source has withdrawn this entry.",
        "The source shows this entry again.",
        "It is dated 2026-05-08, and new only now.",
        "“Un titre” changes at every fetch: it is no longer followed.",
        "1 entry is dated in the future.",
        "12 entries are dated in the future.",
        "1 entry was withdrawn.",
        "3 entries were withdrawn.",
        "Not one entry is known from before: some may have been missed.",
        "So much is new, or newly named, that an editor is asked what it is.",
        "No new address is known: write it into the configuration, under this source's `url`.",
        "There is no question 7; `relay questions list` shows those there are.",
        "The source anct is no longer in the configuration.",
        "recorded, not announced",
        "The same news as another source's: merged, and the editors are asked whether it is.",
        "It came here by another source's news, which is another.",
    ],
)
def test_what_is_said_of_identity_has_its_french(sentence: str) -> None:
    assert said(sentence, "fr")[1] == "fr"
