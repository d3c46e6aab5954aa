"""Links in letters: one person's one word, signed, for a day, for one use, for the words that were told."""

import base64
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from relay.core.crosspost import Image, Keys, State
from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule
from relay.core.telling.link import Word
from relay.pipeline import review
from relay.pipeline.telling import linking
from relay.storage import crossposts, keys, people
from relay.storage.sealing import Keyring
from tests.edges.newsroom import Newsroom, open_newsroom

MAIL = "camille@exemple.fr"


@dataclass
class Letter:
    """The links that a member was sent of a cross-post, the first."""

    room: Newsroom
    of: int = 1

    def links(self, name: str = "camille", **changed: Any) -> dict[Word, str]:
        office = self.room.office
        ring = keys.sealing(office.desk.keyplace)
        assert isinstance(ring, Keyring)
        with office.db.write() as tx:
            people.add(
                tx,
                name,
                changed.get("role", Role.EDITOR),
                self.room.clock(),
                changed.get("accounts", ()),
                f"{name}@exemple.fr",
            )
            editor, crosspost = people.get(tx, name), crossposts.get(tx, self.of)
        assert editor
        assert crosspost
        made = Keys(self.room.clock(), changed.get("nonce", 7))
        found = linking.offer(office.desk, ring, editor, crosspost, made, self.room.clock())
        return {word: address.partition(office.desk.public_url)[2] for word, address in found.links}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def letter(room: Newsroom) -> Letter:
    return Letter(room)


def test_opening_a_link_shows_what_would_leave_and_changes_nothing(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    for _ in range(3):
        shown = letter.room.visitor().get(link)
        assert shown.status_code == 200
    assert "Approuver ce texte" in shown.text
    assert "camille, c’est vous qui le dites" in shown.text
    assert len(re.findall("<form", shown.text)) == 1
    assert letter.room.crosspost(1).state is State.WAITING
    assert letter.room.nudged == []


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (Word.APPROVE, State.APPROVED),
        (Word.CHANGES, State.CHANGES),
        (Word.HOLD, State.HELD),
        (Word.REJECT, State.REJECTED),
    ],
)
def test_the_button_says_the_one_word_as_that_person_by_that_means(letter: Letter, word: Word, state: State) -> None:
    browser, link = letter.room.visitor(), letter.links()[word]
    answer = browser.post(link, data={"reason": "Pas maintenant"})
    assert answer.status_code == 200
    assert letter.room.crosspost(1).state is state
    line = letter.room.history(1)[-1]
    assert (line.who, line.means, line.to_state) == ("camille", "link", state)
    assert letter.room.nudged == ["deliver"]
    assert browser.cookies.get("relay") is None  # nobody is signed in by it
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_is_used_once(letter: Letter) -> None:
    link = letter.links()[Word.HOLD]
    browser = letter.room.visitor()
    assert browser.post(link, data={}).status_code == 200
    letter.room.editor("denis", Role.DIRECTOR).post("/review/1/resume", data={"revision": "1"})
    assert letter.room.crosspost(1).state is State.WAITING
    again = browser.post(link, data={})
    assert again.status_code == 410
    assert "Ce lien a déjà servi" in again.text
    assert letter.room.crosspost(1).state is State.WAITING
    assert browser.get(link).status_code == 410


def test_two_presses_at_once_are_one(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: letter.room.visitor().post(link, data={}).status_code, range(4)))
    assert answers.count(200) == 1
    assert {*answers} <= {200, 409, 410}
    assert len(letter.room.crosspost(1).approvals) == 1


def test_a_link_has_a_day(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    letter.room.clock.now += timedelta(hours=24)
    answer = letter.room.visitor().post(link, data={})
    assert answer.status_code == 410
    assert "Ce lien avait 24 heures" in answer.text
    assert letter.room.crosspost(1).state is State.WAITING


@pytest.mark.parametrize("wrong", ["", "x", "a.b.c", "é.é.é", "...", "a" * 5000])
def test_what_is_no_link_of_ours_opens_nothing(letter: Letter, wrong: str) -> None:
    answer = letter.room.visitor().get(f"/d/{wrong or 'x'}")
    assert answer.status_code == 403
    assert "Ce lien est incomplet" in answer.text


def test_no_byte_of_a_link_can_be_changed(letter: Letter) -> None:
    link = letter.links()[Word.REJECT]
    token = link.removeprefix("/d/")
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        answer = letter.room.visitor().get(f"/d/{token[:place]}{other}{token[place + 1 :]}")
        assert answer.status_code == 403, place
    assert letter.room.crosspost(1).state is State.WAITING


def test_a_link_signed_by_another_key_is_none(letter: Letter, tmp_path: Path) -> None:
    link = letter.links()[Word.APPROVE]
    (tmp_path / "relay.key").write_text("another-key-that-is-long-enough-0123456789\n")
    assert letter.room.visitor().post(link, data={}).status_code == 403
    assert letter.room.crosspost(1).state is State.WAITING


def test_words_that_have_changed_since_are_shown_beside_those_of_the_letter(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    before = letter.room.crosspost(1).draft.text
    changed = {"revision": "1", "text": before.replace("quartiers", "villes") + " Plus."}
    letter.room.editor("remi", Role.WRITER).post("/review/1/edit", data=changed)
    for method in ("GET", "POST"):
        answer = letter.room.visitor().request(method, link)
        assert answer.status_code == 409
        assert "Le texte a changé depuis la lettre" in answer.text
        assert "<ins>" in answer.text
        assert 'href="/review/1"' in answer.text
        assert "<form" not in answer.text
    assert letter.room.crosspost(1).state is State.WAITING


@pytest.mark.parametrize("what", ["picture", "alt", "time", "warning"])
def test_a_yes_is_for_the_picture_its_words_and_the_time_too(letter: Letter, what: str) -> None:
    image = Image("https://blog.example/a.jpg", "image/jpeg", 10, 10, "Une place")
    letter.room.change(1, draft=replace(letter.room.crosspost(1).draft, image=image))
    link = letter.links()[Word.APPROVE]
    draft = letter.room.crosspost(1).draft
    match what:
        case "picture":
            letter.room.change(1, draft=replace(draft, image=replace(image, url="https://blog.example/b.jpg")))
        case "alt":
            letter.room.change(1, draft=replace(draft, image=replace(image, alt="Une rue")))
        case "warning":
            letter.room.change(1, draft=replace(draft, warning="Politique"))
        case _:
            letter.room.change(1, wanted_at=letter.room.clock() + timedelta(hours=3))
    answer = letter.room.visitor().post(link, data={})
    assert answer.status_code == 409
    assert "ont changé" in answer.text
    assert letter.room.crosspost(1).state is State.WAITING


def test_whoever_is_not_let_in_any_more_says_nothing_by_old_links(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    with letter.room.office.db.write() as tx:
        people.disable(tx, "camille")
    assert letter.room.visitor().post(link, data={}).status_code == 403
    assert letter.room.crosspost(1).state is State.WAITING


def test_a_link_to_a_mailbox_that_is_not_that_person_s_any_more_is_void(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    with letter.room.office.db.write() as tx:
        people.change(tx, Editor("camille", Role.EDITOR, email="camille@ailleurs.fr"))
    assert letter.room.visitor().post(link, data={}).status_code == 403


def test_a_role_that_has_changed_counts_as_it_is_now(letter: Letter) -> None:
    link = letter.links()[Word.REJECT]
    with letter.room.office.db.write() as tx:
        people.change(tx, Editor("camille", Role.VIEWER, email=MAIL))
    answer = letter.room.visitor().post(link, data={"reason": "Non"})
    assert answer.status_code == 409
    assert "n’en a pas le droit" in answer.text
    assert letter.room.crosspost(1).state is State.WAITING


def test_a_scope_that_has_changed_counts_as_it_is_now(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    other = next(id for id in letter.room.office.desk.accounts if id != letter.room.crosspost(1).account)
    with letter.room.office.db.write() as tx:
        people.change(tx, Editor("camille", Role.EDITOR, accounts=(other,), email=MAIL))
    assert letter.room.visitor().post(link, data={}).status_code == 409
    assert letter.room.crosspost(1).state is State.WAITING


def test_somebody_else_who_is_signed_in_here_cannot_use_it(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    answer = letter.room.editor("denis", Role.DIRECTOR).post(link, data={})
    assert answer.status_code == 403
    assert "quelqu’un d’autre que la personne connectée ici" in answer.text
    assert letter.room.crosspost(1).state is State.WAITING


def test_the_person_who_is_signed_in_can(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    assert letter.room.editor("camille").post(link, data={}).status_code == 200
    assert letter.room.crosspost(1).state is State.APPROVED


def test_a_form_of_another_site_is_refused(letter: Letter) -> None:
    link = letter.links()[Word.APPROVE]
    answer = letter.room.visitor(Sec_Fetch_Site="cross-site").post(link, data={})
    assert answer.status_code == 403
    assert letter.room.crosspost(1).state is State.WAITING


def test_a_reason_that_is_missing_is_asked_for_and_the_link_stays_good(letter: Letter) -> None:
    link = letter.links()[Word.REJECT]
    browser = letter.room.visitor()
    answer = browser.post(link, data={"reason": "  "})
    assert answer.status_code == 409
    assert "Donnez une raison" in answer.text
    assert browser.post(link, data={"reason": "Hors sujet"}).status_code == 200
    assert letter.room.history(1)[-1].what == "reject: Hors sujet"


def test_what_is_judged_already_says_so(letter: Letter) -> None:
    links = letter.links()
    letter.room.editor("denis", Role.DIRECTOR).post("/review/1/hold", data={"revision": "1"})
    answer = letter.room.visitor().post(links[Word.APPROVE], data={})
    assert answer.status_code == 409
    assert "Suspendu" in answer.text
    assert letter.room.crosspost(1).state is State.HELD


def test_whoever_wrote_the_words_is_offered_no_yes(letter: Letter) -> None:
    letter.links()
    with letter.room.office.db.read() as tx:
        camille = people.get(tx, "camille")
    assert camille
    words = review.Words(1, "Les mots de Camille")
    review.edit(letter.room.office.db, letter.room.office.desk, 1, (camille, "test"), words, letter.room.clock())
    assert Word.APPROVE not in letter.links()
    assert Word.REJECT in letter.links()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN])
def test_who_may_not_judge_gets_no_links(letter: Letter, role: Role) -> None:
    assert letter.links("autre", role=role) == {}


def test_who_works_for_other_accounts_gets_no_links(letter: Letter) -> None:
    other = next(id for id in letter.room.office.desk.accounts if id != letter.room.crosspost(1).account)
    assert letter.links("autre", accounts=(other,)) == {}


def test_of_two_yeses_each_is_one_person_s(tmp_path: Path) -> None:
    with open_newsroom(tmp_path, ApprovalRule(steps=("editor", "editor"))) as room:
        letter = Letter(room)
        link = letter.links()[Word.APPROVE]
        answer = room.visitor().post(link, data={})
        assert "il en faut un autre" in answer.text
        assert Word.APPROVE not in letter.links(nonce=8)
        assert Word.APPROVE in letter.links("ana")
        assert room.visitor().post(letter.links("ana")[Word.APPROVE], data={}).status_code == 200
        assert room.crosspost(1).state is State.APPROVED


def test_in_english_too(letter: Letter) -> None:
    shown = letter.room.visitor().get(letter.links()[Word.CHANGES] + "?lang=en")
    assert "Ask for changes to these words?" in shown.text
    assert '<html lang="en">' in shown.text


def test_a_link_says_nothing_of_the_address_that_it_was_written_to(letter: Letter) -> None:
    token = letter.links()[Word.APPROVE].removeprefix("/d/").split(".")[0]
    assert MAIL not in base64.urlsafe_b64decode(token + "==").decode()
