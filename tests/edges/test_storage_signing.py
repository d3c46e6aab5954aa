"""What is kept of members and of how they sign in, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text

from relay.core.people import Editor, Role
from relay.core.signing.lasting import CEREMONY, IDLE, LONGEST
from relay.core.signing.waiting import DAY, Tries
from relay.storage import ceremonies, hashing, passkeys, people, sessions, throttling
from relay.storage.database import Database
from relay.storage.passkeys import Passkey
from relay.storage.tables.people import tries

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANNE = Editor("anne", Role.EDITOR, accounts=("masto", "bsky"), email="anne@blog.example")


def _anne(db: Database) -> None:
    with db.write() as tx:
        people.add(tx, "anne", Role.EDITOR, NOW, ("masto", "bsky"), "Anne@Blog.example")


def test_an_editor_keeps_accounts_and_address(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        assert people.get(tx, "anne") == ANNE
        assert people.by_email(tx, " ANNE@blog.EXAMPLE ") == ANNE
        assert people.change(tx, replace(ANNE, role=Role.DIRECTOR, accounts=(), email=""))
        assert people.get(tx, "anne") == Editor("anne", Role.DIRECTOR)
        assert not people.change(tx, Editor("claire", Role.EDITOR))


def test_an_address_means_one_who_may_sign_in_or_nobody(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        people.add(tx, "bob", Role.EDITOR, NOW, (), "anne@blog.example")
        assert people.by_email(tx, "anne@blog.example") is None
        people.disable(tx, "bob")
        assert people.by_email(tx, "anne@blog.example") == ANNE
        assert people.by_email(tx, "") is None


def test_members_are_shown_with_how_they_sign_in(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        passkeys.add(tx, Passkey("id", "anne", b"key", 0, "phone", NOW))
        people.set_password(tx, "anne", "kept")
        people.bind(tx, "anne", "https://id.example 1")
        sessions.add(tx, "one", "anne", NOW)
        sessions.add(tx, "two", "anne", NOW + MINUTE)
        (anne,) = people.members(tx, NOW + 2 * MINUTE)
        (later,) = people.members(tx, NOW + IDLE + 30 * timedelta(seconds=1))
        assert people.by_subject(tx, "https://id.example 1") == ANNE
        assert people.by_subject(tx, "") is None
    assert (anne.passkeys, anne.has_password, anne.is_bound, anne.sessions) == (1, True, True, 2)
    assert (anne.seen_at, later.sessions) == (NOW + MINUTE, 1)


def test_a_session_is_known_until_it_is_idle_or_old_and_says_when_it_was_seen(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        sessions.add(tx, "token", "anne", NOW, "Firefox, Linux", "passkey")
        assert sessions.editor(tx, "token", NOW + 4 * MINUTE) == (ANNE, False)
        assert sessions.editor(tx, "token", NOW + 5 * MINUTE) == (ANNE, True)
        sessions.note(tx, "token", "anne", NOW + IDLE - MINUTE)
        assert sessions.editor(tx, "token", NOW + IDLE + MINUTE) == (ANNE, False)
        (shown,) = sessions.of(tx, "anne", NOW + IDLE, "token")
        sessions.note(tx, "token", "anne", NOW + LONGEST - MINUTE)
        assert sessions.editor(tx, "token", NOW + LONGEST) == (None, False)
    assert (shown.browser, shown.way, shown.begun_at, shown.is_this) == ("Firefox, Linux", "passkey", NOW, True)
    assert shown.seen_at == NOW + IDLE - MINUTE


def test_sessions_end_one_by_one_or_all_but_one(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        people.add(tx, "bob", Role.EDITOR, NOW)
        for token in ("one", "two", "three"):
            sessions.add(tx, token, "anne", NOW)
        sessions.add(tx, "bobs", "bob", NOW)
        first = next(one.id for one in sessions.of(tx, "anne", NOW, "one") if one.is_this)
        assert not sessions.end_one(tx, "bob", first)
        assert not sessions.end_one(tx, "anne", "")
        assert not sessions.end_one(tx, "anne", "%" * 16)
        assert sessions.end_one(tx, "anne", first)
        assert sessions.editor(tx, "one", NOW)[0] is None
        assert sessions.end_all(tx, "anne", but="two") == 1
        assert [one.is_this for one in sessions.of(tx, "anne", NOW, "two")] == [True]
        assert sessions.editor(tx, "bobs", NOW)[0] == Editor("bob", Role.EDITOR)


def test_who_was_signed_in_before_this_version_stays_so(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        old = {"digest": people.digest("old"), "at": NOW + LONGEST}
        if db.engine.dialect.name == "sqlite":
            old["at"] = old["at"].strftime("%Y-%m-%d %H:%M:%S.%f")  # type: ignore[attr-defined]  # as it stores it
        tx.execute(text("INSERT INTO sessions (digest, \"user\", expires_at) VALUES (:digest, 'anne', :at)"), old)
        assert sessions.editor(tx, "old", NOW + LONGEST - MINUTE) == (ANNE, True)
        assert [one.begun_at for one in sessions.of(tx, "anne", NOW)] == [NOW]


def test_a_passkey_is_its_members_alone(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        assert passkeys.add(tx, Passkey("id", "anne", b"\x00\xff", 3, "phone", NOW))
        assert not passkeys.add(tx, Passkey("id", "anne", b"other", 0, "copy", NOW))
        assert not passkeys.rename(tx, "bob", "id", "mine")
        assert not passkeys.remove(tx, "bob", "id")
        assert passkeys.rename(tx, "anne", "id", "n" * 200)
        passkeys.used(tx, "id", 4, NOW + MINUTE)
        assert passkeys.of(tx, "anne") == [Passkey("id", "anne", b"\x00\xff", 4, "n" * 100, NOW, NOW + MINUTE)]
        assert passkeys.remove(tx, "anne", "id")
        assert passkeys.of(tx, "anne") == []


def test_a_member_has_one_name_on_every_device(db: Database) -> None:
    _anne(db)
    with db.write() as tx:
        assert [passkeys.handle(tx, "anne", fresh) for fresh in ("", "one", "two")] == ["", "one", "one"]


def test_what_was_asked_is_answered_once_in_five_minutes_and_as_what_it_was(db: Database) -> None:
    with db.write() as tx:
        for token in ("used", "late", "other"):
            ceremonies.begin(tx, token, "passkey", "net", f"kept {token}", NOW)
        assert ceremonies.end(tx, "used", "passkey", NOW) == "kept used"
        assert ceremonies.end(tx, "used", "passkey", NOW) is None
        assert ceremonies.end(tx, "late", "passkey", NOW + CEREMONY) is None
        assert ceremonies.end(tx, "other", "provider", NOW) is None
        assert ceremonies.end(tx, "nothing", "passkey", NOW) is None


def test_no_network_fills_the_table_and_none_drives_another_out(db: Database) -> None:
    with db.write() as tx:
        ceremonies.begin(tx, "mine", "passkey", "here", "", NOW)
        for number in range(ceremonies.MOST + 50):
            ceremonies.begin(tx, f"theirs {number}", "passkey", "there", "", NOW + timedelta(seconds=number % 60))
        rows = tx.execute(text("SELECT count(*) FROM ceremonies")).scalar_one()
        assert rows == ceremonies.MOST + 1
        assert ceremonies.end(tx, "mine", "passkey", NOW + MINUTE) == ""


def test_tries_are_remembered_for_a_day_and_under_no_name_that_can_be_read(db: Database) -> None:
    with db.write() as tx:
        throttling.put(tx, Tries(3, NOW, NOW + MINUTE), "letter", "anne@blog.example")
        assert throttling.get(tx, "letter", "anne@blog.example") == Tries(3, NOW, NOW + MINUTE)
        assert throttling.get(tx, "letter anne@blog.example") is None
        assert "anne" not in str(tx.execute(text("SELECT * FROM tries")).all())
        throttling.put(tx, Tries(1, NOW + 2 * DAY, NOW + 2 * DAY), "other")
        assert throttling.get(tx, "letter", "anne@blog.example") is None
        throttling.forget(tx, "other")
        assert throttling.get(tx, "other") is None


def test_names_that_strangers_make_up_do_not_fill_the_table(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "MOST", 20)
    with db.write() as tx:
        for number in range(50):
            throttling.put(tx, Tries(1, NOW, NOW + number // 2 * timedelta(seconds=1)), "password", str(number))
        assert tx.execute(text("SELECT count(*) FROM tries")).scalar_one() == 20
        assert throttling.get(tx, "password", "49") == Tries(1, NOW, NOW + timedelta(seconds=24))
        assert throttling.get(tx, "password", "20") is None


def test_a_table_that_was_filled_before_is_emptied_by_one_short_statement(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Databases take so many values in a statement and no more: 32,766, or 65,535."""
    monkeypatch.setattr(throttling, "MOST", 20)
    rows = [{"digest": f"old-{number}", "amount": 1, "since": NOW, "last": NOW} for number in range(50)]
    with db.write() as tx:
        tx.execute(insert(tries), rows)
        values: list[int] = []
        event.listen(tx, "before_cursor_execute", lambda *called: values.append(len(called[3])))
        throttling.put(tx, Tries(1, NOW, NOW), "password", "camille")
        assert tx.execute(text("SELECT count(*) FROM tries")).scalar_one() == 20
    assert max(values) < 10


def test_a_password_is_kept_as_argon2id_and_matches_itself_only() -> None:
    kept = hashing.kept("cheval agrafe pile")
    assert kept.startswith("$argon2id$")
    assert kept != hashing.kept("cheval agrafe pile")
    assert hashing.matches(kept, "cheval agrafe pile")
    assert not hashing.matches(kept, "cheval agrafe pilE")
    assert not hashing.matches("", "cheval agrafe pile")
    assert not hashing.matches("no hash", "cheval agrafe pile")
    assert not hashing.is_outdated(kept)
