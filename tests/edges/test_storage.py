"""Sources, editors, the service, times and transactions on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from relay.core.people import Editor, Role
from relay.core.polling.pollstate import Hints, Moving, Place, PollState, Rhythm
from relay.core.signing.lasting import IDLE
from relay.core.source import Origin, Validators
from relay.storage import crossposts, people, rows, service, sessions, sources
from relay.storage.database import Database
from tests.core.things import CROSSPOST, DAY, HOUR, MINUTE, NOW
from tests.edges.rows import PARIS_SUMMER, queued

ORIGIN = Origin("tag:cget", "CGET", "https://cget.exemple.fr/rss", None, NOW)


STATE = PollState(
    validators=Validators(b'W/"\xe9"', b"Sun, 06 Nov 1994 08:49:37 -0000"),
    due=NOW + HOUR,
    polled_at=NOW,
    succeeded_at=NOW - DAY,
    failures=2,
    answer="304",
    reason="every 1 h",
    hints=Hints(12 * HOUR, ttl=HOUR, skip_hours=frozenset({3, 4})),
    place=Place("https://a.example/", "https://b.example/", ("https://a.example/",), Moving("https://c.example/", NOW)),
    rhythm=Rhythm(NOW - DAY, 5 * HOUR),
)


def test_a_source_that_was_never_asked_is_due(db: Database) -> None:
    with db.read() as tx:
        assert sources.state(tx, "cget") == PollState()
        assert sources.due(tx, ("cget",), NOW) == [("cget", "")]


def test_what_the_last_answer_taught_comes_back_byte_for_byte(db: Database) -> None:
    with db.write() as tx:
        sources.save(tx, "cget", PollState(), None)
        sources.save(tx, "cget", STATE, ORIGIN)
        assert sources.state(tx, "cget") == STATE
        assert sources.states(tx) == {"cget": STATE}


def test_a_source_is_due_when_its_time_has_come(db: Database) -> None:
    with db.write() as tx:
        sources.save(tx, "cget", STATE, None)
        sources.save(tx, "retired", replace(STATE, due=NOW), None)
        sources.save(tx, "gone", replace(STATE, due=None), None)
        assert sources.due(tx, ("cget", "gone"), NOW + HOUR - MINUTE) == []
        assert sources.due(tx, ("cget", "gone"), NOW + HOUR) == [("cget", rows.dump(STATE))]


def test_what_a_feed_says_of_itself_outlives_a_poll_that_is_silent_about_it(db: Database) -> None:
    with db.write() as tx:
        sources.save(tx, "cget", STATE, ORIGIN)
        sources.save(tx, "cget", replace(STATE, failures=3), None)
        sources.save(tx, "anru", STATE, None)
        assert sources.origins(tx) == {"cget": ORIGIN}


def test_editors_are_known_by_name(db: Database) -> None:
    with db.write() as tx:
        assert people.add(tx, "didier", Role.DIRECTOR, NOW)
        assert people.add(tx, "anne", Role.EDITOR, NOW)
        assert not people.add(tx, "anne", Role.ADMIN, NOW)
        assert people.everybody(tx) == [Editor("anne", Role.EDITOR), Editor("didier", Role.DIRECTOR)]
        assert people.get(tx, "claire") is None


def test_a_sign_in_address_opens_once(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW)
        people.add_link(tx, "token", "anne", NOW + HOUR)
        used = [people.use_link(tx, token, NOW) for token in ("other", "token", "token")]
    assert used == [None, Editor("anne", Role.EDITOR), None]


def test_a_sign_in_address_opens_until_its_time_is_over(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW)
        people.add_link(tx, "token", "anne", NOW + HOUR)
        assert people.use_link(tx, "token", NOW + HOUR) is None


def test_a_session_lasts_until_its_time_or_until_its_editor_leaves_it(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW)
        sessions.add(tx, "token", "anne", NOW)
        moments = [sessions.editor(tx, "token", moment)[0] for moment in (NOW, NOW + IDLE)]
        sessions.end(tx, "token")
        assert [*moments, sessions.editor(tx, "token", NOW)[0]] == [Editor("anne", Role.EDITOR), None, None]


def test_an_editor_who_leaves_is_out_at_once(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW)
        sessions.add(tx, "session", "anne", NOW)
        people.add_link(tx, "link", "anne", NOW + HOUR)
        assert people.disable(tx, "anne")
        assert not people.disable(tx, "claire")
        assert sessions.editor(tx, "session", NOW)[0] is None
        assert people.use_link(tx, "link", NOW) is None
        assert people.get(tx, "anne") == Editor("anne", Role.EDITOR, disabled=True)


def test_no_token_is_stored(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW)
        people.add_link(tx, "tok-link", "anne", NOW + HOUR)
        sessions.add(tx, "tok-session", "anne", NOW)
        rows = [tx.exec_driver_sql(f"SELECT * FROM {table}").all() for table in ("links", "sessions")]  # noqa: S608  # two names of ours
    assert "tok-" not in str(rows)


def test_a_feed_keeps_the_name_it_was_first_given(db: Database) -> None:
    with db.write() as tx:
        given = [service.feed_tag(tx, "blog", tag) for tag in ("tag:one", "tag:two")]
    assert given == ["tag:one", "tag:one"]


def test_the_loops_say_when_they_ran_last(db: Database) -> None:
    with db.write() as tx:
        for loop, at in (("poll", NOW), ("deliver", NOW), ("poll", NOW + MINUTE)):
            service.beat(tx, loop, at)
        assert service.beats(tx) == {"poll": NOW + MINUTE, "deliver": NOW}


def test_times_come_back_aware_and_the_same_whatever_their_zone(db: Database) -> None:
    moment = NOW.astimezone(PARIS_SUMMER).replace(microsecond=123456)
    stored = queued(db, replace(CROSSPOST, not_before=moment))
    with db.read() as tx:
        found = crossposts.get(tx, stored.id)
    assert found is not None
    assert found.not_before is not None
    assert (found.not_before, found.not_before.utcoffset()) == (moment, timedelta(0))


def test_a_time_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="a time without a zone"), db.write() as tx:
        service.beat(tx, "poll", NOW.replace(tzinfo=None))


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(RuntimeError):
        _beat_and_fail(db)
    with db.read() as tx:
        assert service.beats(tx) == {}


def _beat_and_fail(db: Database) -> None:
    with db.write() as tx:
        service.beat(tx, "poll", NOW)
        raise RuntimeError


def test_a_reader_does_not_wait_for_a_writer(db: Database) -> None:
    with db.write() as writer:
        service.beat(writer, "poll", NOW)
        with db.read() as reader:
            assert service.beats(reader) == {}
