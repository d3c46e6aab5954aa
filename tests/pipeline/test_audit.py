"""The audit of a relay at work, and whoever changes it afterwards: each change is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from relay.core.crosspost import State
from relay.core.people import Editor, Role
from relay.core.review import chain
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.pipeline import auditing, review
from relay.pipeline.auditing import Span
from relay.storage import crossposts, journal, ledger
from relay.storage.database import Database, open_database
from relay.storage.journal import Actor
from tests.pipeline.world import CAMILLE, NOON, World

DIDIER = Editor("didier", Role.DIRECTOR)


@pytest.fixture
def at_work(world: World) -> World:
    """Two entries for two accounts: words changed, one refused, the others sent."""
    world.poll()
    first, second, *_ = world.in_state(State.WAITING)
    words = review.Words(first.revision, f"{first.draft.text} !")
    review.edit(world.db, world.desk, first.id, (DIDIER, "page"), words, world.now)
    review.move(world.db, world.desk, second.id, (CAMILLE, "page"), review.Act(Event.REJECT, "trop long"), world.now)
    world.approve_all()
    world.deliver()
    return world


def lines(world: World, span: Span | None = None) -> list[dict[str, object]]:
    with world.db.read() as tx:
        return list(ledger.lines(tx, *((span.since, span.until) if span else ())))


def wrong(world: World, noted: str = "") -> str:
    found, strays = auditing.verify(world.db, noted)
    return " ".join([found.wrong, *strays]).strip()


def head(world: World) -> str:
    with world.db.read() as tx:
        return ledger.head(tx)[1]


def test_nothing_is_wrong_with_what_relay_wrote(at_work: World) -> None:
    found, strays = auditing.verify(at_work.db)
    assert (found.wrong, strays) == ("", ())
    assert (found.lines, found.head) == (len(lines(at_work)), head(at_work))
    assert len(at_work.in_state(State.SENT)) == 3


def test_a_line_says_who_when_by_which_means_and_about_which_words(at_work: World) -> None:
    (sent, *_) = at_work.in_state(State.SENT)
    yes = next(line for line in lines(at_work) if line["what"] == "approved" and line["crosspost"] == sent.id)
    assert yes | {"before": "", "hash": ""} == {
        "line": yes["line"],
        "at": "2026-11-24T12:00:00.000000Z",
        "who": "camille",
        "means": "test",
        "subject": sent.account,
        "what": "approved",
        "crosspost": sent.id,
        "from_state": "waiting",
        "to_state": "approved",
        "revision": sent.revision,
        "words": chain.words_digest(sent.draft),
        "before": "",
        "hash": "",
    }


def test_the_words_of_every_yes_are_kept_after_they_have_changed(at_work: World) -> None:
    (sent, *_) = at_work.in_state(State.SENT)
    other = review.Words(sent.revision, "Tout autre chose")
    review.edit(at_work.db, at_work.desk, sent.id, (DIDIER, "page"), other, at_work.now)
    with at_work.db.read() as tx:
        kept = ledger.wording(tx, chain.words_digest(sent.draft))
    assert kept is not None
    assert json.loads(kept)["text"] == sent.draft.text
    assert wrong(at_work) == ""


TAMPERING = {
    "another name": "UPDATE audit SET who = 'didier' WHERE id = 6",
    "another moment": "UPDATE audit SET at = '2026-11-23 12:00:00.000000' WHERE id = 6",
    "another reason": "UPDATE audit SET what = what || '.' WHERE id = 6",
    "another means": "UPDATE audit SET means = 'link' WHERE id = 6",
    "another state": "UPDATE audit SET to_state = 'sent' WHERE id = 6",
    "another revision": "UPDATE audit SET revision = 9 WHERE id = 6",
    "other words": "UPDATE audit SET words = 'abcd' WHERE id = 6",
    "another subject": "UPDATE audit SET subject = 'ailleurs' WHERE id = 6",
    "another digest": "UPDATE audit SET hash = 'abcd' WHERE id = 6",
    "a line less": "DELETE FROM audit WHERE id = 6",
    "the first line less": "DELETE FROM audit WHERE id = 1",
    "a line more": "INSERT INTO audit (id, at, who, means, what, subject, hash)"
    " SELECT max(id) + 1, '2026-11-24 12:00:00', 'x', 'page', 'y', 'z', 'abcd' FROM audit",
}
"""What somebody with the database's password does."""


@pytest.mark.parametrize("tampering", TAMPERING)
def test_a_line_that_was_changed_taken_out_or_put_in_is_found(at_work: World, tampering: str) -> None:
    run(at_work.db, TAMPERING[tampering])
    assert "Line " in wrong(at_work)


def run(db: Database, statement: str, **values: object) -> None:
    with db.write() as tx:
        tx.execute(text(statement), values)


def test_the_first_line_that_is_broken_is_named(at_work: World) -> None:
    run(at_work.db, "UPDATE audit SET who = 'didier' WHERE id IN (6, 8)")
    assert wrong(at_work) == "Line 6 is not as it was written, or the one before it is not, or is gone."


def test_lines_that_change_places_are_found(at_work: World) -> None:
    for old, new in [(5, 900), (6, 5), (900, 6)]:
        run(at_work.db, "UPDATE audit SET id = :new WHERE id = :old", old=old, new=new)
    assert wrong(at_work).startswith("Line 5 ")


def test_a_line_forged_with_its_own_digest_breaks_the_next(at_work: World) -> None:
    forged = {**lines(at_work)[5], "who": "didier"}
    digest = chain.digest_of({name: value for name, value in forged.items() if name != "hash"})
    run(at_work.db, "UPDATE audit SET who = 'didier', hash = :digest WHERE id = 6", digest=digest)
    assert wrong(at_work).startswith("Line 7 ")


def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_noted(at_work: World) -> None:
    noted = head(at_work)
    with at_work.db.write() as tx:
        journal.note(tx, Actor("anne", "page"), "member", "said something", at_work.now)
    assert wrong(at_work, noted) == ""
    run(at_work.db, "DELETE FROM audit WHERE id >= (SELECT max(id) - 1 FROM audit)")
    assert wrong(at_work) == "" or "Cross-post" in wrong(at_work)
    assert f"No line has the digest {noted}" in wrong(at_work, noted)


def test_a_tail_that_was_cut_off_leaves_cross_posts_without_their_last_line(at_work: World) -> None:
    run(at_work.db, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
    assert "is sent at revision" in wrong(at_work)
    assert "but its last line" in wrong(at_work)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE crossposts SET state = 'scheduled' WHERE id = :id", "is scheduled at revision 1, but its last line"),
        ("UPDATE crossposts SET revision = 7 WHERE id = :id", "is sent at revision 7, but its last line"),
        (
            "UPDATE crossposts SET draft = replace(draft, 'https', 'http') WHERE id = :id",
            "has other words than its last line",
        ),
    ],
)
def test_a_cross_post_that_was_changed_by_hand_is_found(at_work: World, change: str, said: str) -> None:
    row = at_work.in_state(State.SENT)[-1]
    run(at_work.db, change, id=row.id)
    assert wrong(at_work).startswith(f"Cross-post {row.id} {said}")


def test_a_cross_post_that_nobody_has_queued_is_found(at_work: World) -> None:
    (rejected,) = at_work.in_state(State.REJECTED)
    with at_work.db.write() as tx:
        added = crossposts.queue(tx, replace(rejected, account="elsewhere"))
    assert wrong(at_work) == f"Cross-post {added} has no line in the audit."


def test_words_that_were_changed_where_they_are_kept_are_found(at_work: World) -> None:
    run(at_work.db, "UPDATE wordings SET draft = replace(draft, 'https', 'http')")
    assert "are not those that were approved" in wrong(at_work)


def test_an_export_names_whoever_takes_it_away(at_work: World) -> None:
    with auditing.export(at_work.db, (DIDIER, "page"), Span(NOON), at_work.now) as exported:
        *_, last = exported
    assert (last["who"], last["subject"], last["what"]) == ("didier", "audit", "exported since 2026-11-24T12:00:00Z")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DIRECTOR, Role.ADMIN}])
def test_nobody_else_takes_the_audit_away(at_work: World, role: Role) -> None:
    before = head(at_work)
    with (
        pytest.raises(Refusal, match="may not export the audit"),
        auditing.export(at_work.db, (Editor("x", role), "page"), Span(), at_work.now),
    ):
        pass
    assert head(at_work) == before


def test_a_part_of_it_can_be_verified_by_itself(at_work: World) -> None:
    later = NOON + timedelta(minutes=1)
    part = lines(at_work, Span(later))
    assert 0 < len(part) < len(lines(at_work))
    assert chain.verify(part).wrong == ""
    assert lines(at_work, Span(None, later)) == lines(at_work)[: -len(part)]
    assert lines(at_work, Span(NOON + timedelta(days=1))) == []


def test_a_part_that_lacks_a_line_is_found(at_work: World) -> None:
    part = lines(at_work, Span(NOON))
    assert "does not follow the one before it" in chain.verify([*part[:3], *part[4:]]).wrong


def test_clocks_that_are_set_back_cut_nothing_out(at_work: World) -> None:
    with at_work.db.write() as tx:
        for hours in (2, -2, 1):
            journal.note(tx, Actor("anne", "page"), "clock", "set", at_work.now + timedelta(hours=hours))
    part = lines(at_work, Span(at_work.now + timedelta(minutes=30)))
    assert [line["subject"] for line in part] == ["clock"] * 3
    assert chain.verify(part).wrong == ""


def test_two_processes_write_one_chain(at_work: World, database_address: str) -> None:
    processes = [open_database(database_address) for _ in range(4)]

    def write(number: int) -> None:
        with processes[number % 4].write() as tx:
            journal.note(tx, Actor("anne", "page"), "turn", str(number), at_work.now)

    before = len(lines(at_work))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    for one in processes:
        one.close()
    assert (wrong(at_work), len(lines(at_work))) == ("", before + 40)
