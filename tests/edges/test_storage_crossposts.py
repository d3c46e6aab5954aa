"""Cross-posts on both databases: changed by compare-and-set, claimed once, with their whole history."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from relay.core.crosspost import Approval, Crosspost, State
from relay.core.review import workflow
from relay.storage import crossposts, journal, tallies
from relay.storage.database import Database
from relay.storage.journal import Actor, Line
from tests.core.things import CROSSPOST, DAY, HOUR, KEYS, MINUTE, NOW, OTHER_WORDS, WORDS
from tests.edges.rows import EVERYTHING, queue, queued


def test_a_cross_post_comes_back_as_it_was_stored(db: Database) -> None:
    stored = queued(db, EVERYTHING)
    with db.read() as tx:
        assert crossposts.get(tx, stored.id) == stored
        assert crossposts.of_entry(tx, stored.entry_id) == [stored]
        assert crossposts.get(tx, stored.id + 1) is None


def test_an_entry_goes_to_an_account_once(db: Database) -> None:
    stored = queued(db)
    with db.write() as tx, pytest.raises(IntegrityError):
        crossposts.queue(tx, stored)


def test_a_change_is_stored_when_the_row_is_what_it_was(db: Database) -> None:
    old = queued(db, EVERYTHING)
    new = replace(old, state=State.SENT, draft=OTHER_WORDS, note="", lease_until=None, request=None)
    with db.write() as tx:
        assert crossposts.replace(tx, old, new)
        assert crossposts.get(tx, old.id) == new


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"state": State.SENT},
        {"revision": 2},
        {"attempt": 4},
        {"lease_until": NOW},
        {"approvals": ()},
        {"approvals": (Approval("anne", NOW, 1), Approval("didier", NOW, 1))},
    ],
)
def test_a_change_of_a_row_that_was_changed_meanwhile_is_lost(db: Database, meanwhile: dict[str, object]) -> None:
    old = queued(db, EVERYTHING)
    other = replace(old, **meanwhile)  # type: ignore[arg-type]  # by name
    with db.write() as tx:
        assert crossposts.replace(tx, old, other)
        assert not crossposts.replace(tx, old, replace(old, draft=OTHER_WORDS))
        assert crossposts.get(tx, old.id) == other


def test_eight_workers_claim_a_hundred_cross_posts_once_each(db: Database) -> None:
    ready = replace(CROSSPOST, state=State.SCHEDULED, approvals=(Approval("anne", NOW, 1),), keys=KEYS, not_before=NOW)
    with db.write() as tx:
        stored = [queue(tx, ready, f"post-{number}") for number in range(100)]

    def work(_worker: int) -> list[int]:
        return [one.id for one in stored if _claim(db, one)]

    with ThreadPoolExecutor(8) as pool:
        claimed = sorted(id for ids in pool.map(work, range(8)) for id in ids)
    assert claimed == [one.id for one in stored]


def _claim(db: Database, crosspost: Crosspost) -> bool:
    with db.write() as tx:
        return crossposts.replace(tx, crosspost, workflow.claim(crosspost, MINUTE, NOW))


def test_what_is_due_comes_earliest_first_and_no_more_than_asked(db: Database) -> None:
    with db.write() as tx:
        for slug, state, wait in (
            ("a", "scheduled", 2),
            ("b", "scheduled", 1),
            ("c", "scheduled", 9),
            ("d", "held", 1),
        ):
            queue(tx, replace(CROSSPOST, state=State(state), not_before=NOW + wait * HOUR), slug)
        due = crossposts.due(tx, State.SCHEDULED, NOW + 2 * HOUR)
        assert [one.not_before for one in due] == [NOW + HOUR, NOW + 2 * HOUR]
        assert crossposts.due(tx, State.SCHEDULED, NOW + 2 * HOUR, limit=1) == due[:1]


def test_what_a_dead_worker_left_is_found_when_its_lease_is_over(db: Database) -> None:
    stored = queued(db, EVERYTHING)
    with db.read() as tx:
        assert crossposts.abandoned(tx, (stored.state,), NOW + MINUTE) == []
        assert crossposts.abandoned(tx, (stored.state,), NOW + 2 * MINUTE) == [stored]
        assert crossposts.abandoned(tx, (State.WITHDRAWN,), NOW + 2 * MINUTE) == []


def test_states_are_listed_and_counted(db: Database) -> None:
    with db.write() as tx:
        states = [State.WAITING, State.HELD, State.WAITING]
        stored = [queue(tx, replace(CROSSPOST, state=state), f"post-{n}") for n, state in enumerate(states)]
        assert crossposts.by_state(tx, (State.WAITING,)) == [stored[0], stored[2]]
        assert crossposts.by_state(tx, (State.WAITING,), limit=1) == [stored[0]]
        assert crossposts.count_by_state(tx) == {State.WAITING: 2, State.HELD: 1}


def test_since_when_the_longest_is_in_a_state_is_read_in_an_index(db: Database) -> None:
    """The rows hold all that was ever written: every question of Prometheus would read them from the first to the last."""
    seen: list[str] = []
    with db.write() as tx:
        for number, hours in enumerate((2, 5, 3)):
            queue(tx, replace(CROSSPOST, account=f"a{number % 2}", changed_at=NOW - hours * HOUR), f"post-{number}")
        event.listen(tx, "before_cursor_execute", lambda *found: seen.append(found[2]))
        assert tallies.longest(tx) == {CROSSPOST.state: NOW - 5 * HOUR}
        if tx.dialect.name == "sqlite":
            plans = [row[3] for one in [*seen] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}")]
            assert [one for one in plans if one.startswith("SCAN") and "COVERING INDEX" not in one] == []


def test_what_has_ended_is_counted_and_never_becomes_less(db: Database) -> None:
    stored = queued(db)
    with db.write() as tx:
        journal.begin_attempt(tx, replace(stored, attempt=1), NOW)
        assert tallies.attempted(tx) == {}
        journal.end_attempt(tx, replace(stored, attempt=1), "Retry", "429", NOW + MINUTE)
        assert tallies.attempted(tx) == {"Retry": 1}


def test_the_pace_of_an_account_knows_what_left_or_may_have(db: Database) -> None:
    """What was put off or refused left nothing behind; a correction is no post."""
    outcomes = ["Sent", "", "Unsure", "Retry", "Refused", "NotThere", "Updated", "Gone"]
    with db.write() as tx:
        for hours, outcome in enumerate(outcomes):
            one = queue(tx, replace(CROSSPOST, state=State.SENDING, attempt=1), f"post-{hours}")
            journal.begin_attempt(tx, one, NOW - hours * HOUR)
            if outcome:
                journal.end_attempt(tx, one, outcome, "", NOW)
        assert journal.sent_since(tx, "toots", NOW - DAY) == [NOW, NOW - HOUR, NOW - 2 * HOUR]
        assert journal.sent_since(tx, "toots", NOW - HOUR) == [NOW, NOW - HOUR]
        assert journal.sent_since(tx, "sky", NOW - DAY) == []


def test_the_history_of_a_cross_post_is_kept_in_order(db: Database) -> None:
    stored = queued(db)
    rejected = replace(stored, state=State.REJECTED, revision=2)
    with db.write() as tx:
        journal.write(tx, Actor("relay", "poll"), None, stored, "new entry", NOW)
        journal.write(tx, Actor("anne", "page"), stored, rejected, "reject: trop long", NOW + HOUR)
        assert journal.lines(tx, stored.id) == [
            Line(NOW, "relay", "poll", None, "waiting", 1, "new entry"),
            Line(NOW + HOUR, "anne", "page", "waiting", "rejected", 2, "reject: trop long"),
        ]
        assert journal.lines(tx, stored.id + 1) == []


def test_an_attempt_is_known_before_and_after_it_is_made(db: Database) -> None:
    stored = queued(db)
    with db.write() as tx:
        assert journal.attempt_started(tx, stored) is None
        journal.begin_attempt(tx, replace(stored, attempt=1), NOW)
        journal.end_attempt(tx, replace(stored, attempt=1), "Retry", "429", NOW + MINUTE)
        journal.begin_attempt(tx, replace(stored, attempt=2), NOW + HOUR)
        assert journal.attempt_started(tx, stored) == NOW


def test_an_attempt_is_made_by_one_worker(db: Database) -> None:
    stored = queued(db)
    with db.write() as tx:
        journal.begin_attempt(tx, stored, NOW)
        with pytest.raises(IntegrityError):
            journal.begin_attempt(tx, stored, NOW)


def test_the_words_of_a_draft_are_stored_as_text(db: Database) -> None:
    stored = queued(db)
    with db.read() as tx:
        (text,) = tx.exec_driver_sql("SELECT draft FROM crossposts").scalars().all()
    assert WORDS.text in text
    assert stored.draft == WORDS
