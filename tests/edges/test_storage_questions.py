"""Questions to editors on both databases: asked once, answered once."""

from relay.core.question import Kind, Question
from relay.storage import questions
from relay.storage.database import Database
from tests.core.things import HOUR, NOW


def test_a_question_comes_back_as_it_was_asked(db: Database) -> None:
    with db.write() as tx:
        id = questions.ask(tx, "cget", Kind.MISSING, "https://a.fr/é", (), NOW)
        assert questions.get(tx, id) == Question(id, "cget", Kind.MISSING, "https://a.fr/é", (), NOW)
        assert questions.get(tx, id + 1) is None


def test_while_it_is_open_more_entries_join_it(db: Database) -> None:
    with db.write() as tx:
        first = questions.ask(tx, "cget", Kind.FLOOD, "", (3, 1), NOW)
        assert questions.ask(tx, "cget", Kind.FLOOD, "", (2, 3), NOW + HOUR) == first
        (question,) = questions.open_(tx)
    assert (question.entries, question.asked_at) == ((1, 2, 3), NOW)


def test_another_source_kind_or_address_is_another_question(db: Database) -> None:
    with db.write() as tx:
        for source_id, kind, subject in (
            ("cget", Kind.FLOOD, ""),
            ("cget", Kind.RENAMED, ""),
            ("anru", Kind.FLOOD, ""),
            ("cget", Kind.MOVED, "https://a.fr/"),
            ("cget", Kind.MOVED, "https://b.fr/"),
        ):
            questions.ask(tx, source_id, kind, subject, (), NOW)
        assert questions.count(tx) == 5
        assert [question.id for question in questions.open_(tx, "anru")] == [3]


def test_it_is_answered_once_and_may_then_be_asked_anew(db: Database) -> None:
    with db.write() as tx:
        id = questions.ask(tx, "cget", Kind.FLOOD, "", (1,), NOW)
        assert questions.settle(tx, id, "yes", "anne", NOW + HOUR)
        assert not questions.settle(tx, id, "no", "benoit", NOW + HOUR)
        answered = questions.get(tx, id)
        assert questions.count(tx) == 0
        assert questions.ask(tx, "cget", Kind.FLOOD, "", (2,), NOW + HOUR) != id
    assert answered is not None
    assert (answered.answer, answered.by, answered.answered_at) == ("yes", "anne", NOW + HOUR)
