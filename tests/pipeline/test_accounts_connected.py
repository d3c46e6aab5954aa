"""An account is connected, and what connects it is sealed: what the database holds opens nothing."""

import logging
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from time import sleep

import pytest
from sqlalchemy import Connection

from relay.core.account import Secret
from relay.core.crosspost import State
from relay.core.review.moving import Refusal
from relay.pipeline.accounts import connected, connecting, rotating, seen, visiting
from relay.pipeline.accounts.connecting import Asker
from relay.storage import grants, keys, visits
from relay.storage.database import Database
from relay.storage.keys import Keyplace
from tests.pipeline.town import CAMILLE, Town, town_at

SOMEBODY = Asker("eve", "another session")


@pytest.fixture
def town(db: Database, tmp_path: Path) -> Iterator[Town]:
    with town_at(db, tmp_path) as found:
        yield found


def standing(town: Town) -> str:
    with town.db.read() as tx:
        found = seen.one(tx, town.desk, "toots", town.now())
    assert found
    return found.standing


def test_an_account_that_was_never_connected_is_to_be_connected(town: Town) -> None:
    assert standing(town) == "connect"
    assert town.desk.unusable("toots") == "Its account is to be connected: `relay account connect toots`."


def test_what_was_granted_posts_and_is_named(town: Town) -> None:
    grant = town.connect()
    town.world.poll()
    town.approve_all()

    assert {one.state for one in town.deliver()} == {State.SENT}
    assert len(town.told()) == 2
    assert (standing(town), grant.whose) == ("fine", f"@blog@{town.wire.url.removeprefix('http://')}")


def test_a_way_back_is_used_once(town: Town) -> None:
    _, answered = town.leave()
    visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now())

    with pytest.raises(Refusal, match="used, or is over"):
        visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now())


def test_a_way_back_is_its_session_s_alone_and_stays_so(town: Town) -> None:
    _, answered = town.leave()

    with pytest.raises(Refusal, match="used, or is over"):
        visiting.finish(town.db, town.http, town.desk, answered, SOMEBODY, town.now())
    assert visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now()).whose


def test_a_way_back_is_over_after_ten_minutes(town: Town) -> None:
    _, answered = town.leave()
    town.pass_(minutes=10)

    with pytest.raises(Refusal, match="used, or is over"):
        visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now())


def test_a_way_back_that_nobody_took_is_forgotten_when_it_is_over(town: Town) -> None:
    town.leave()
    town.pass_(minutes=9)
    town.watch()
    with town.db.read() as tx:
        assert visits.are_over(tx, town.now() + visiting.AWAY)

    town.pass_(minutes=1)
    town.watch()
    with town.db.read() as tx:
        assert not visits.are_over(tx, town.now() + visiting.AWAY)


def test_whoever_is_on_the_way_connects_nothing_once_it_was_disconnected(town: Town) -> None:
    town.connect()
    _, answered = town.leave()
    connecting.disconnect(town.db, town.desk, "toots", CAMILLE)

    with pytest.raises(Refusal, match="used, or is over"):
        visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now())


def test_an_invented_state_connects_nothing(town: Town) -> None:
    _, answered = town.leave()

    with pytest.raises(Refusal, match="used, or is over"):
        visiting.finish(town.db, town.http, town.desk, {**answered, "state": "mine"}, CAMILLE, town.now())
    assert standing(town) == "connect"


def test_whoever_says_no_at_the_network_changes_nothing(town: Town) -> None:
    town.connect()
    state, _ = town.leave()
    before = town.kept()

    with pytest.raises(Refusal, match="You said no at Mastodon: nothing was connected"):
        visiting.finish(town.db, town.http, town.desk, {"state": state, "error": "access_denied"}, CAMILLE, town.now())
    assert town.kept() == before


def test_of_two_who_come_back_at_once_one_is_heard(town: Town) -> None:
    _, answered = town.leave()
    together, said = Barrier(2), list[str]()

    def come_back() -> None:
        together.wait()
        try:
            said.append(visiting.finish(town.db, town.http, town.desk, answered, CAMILLE, town.now()).whose)
        except Refusal:
            said.append("")

    threads = [Thread(target=come_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(bool, said)) == [False, True]


def test_secrets_that_are_pasted_post_too(town: Town) -> None:
    town.authority.access["a-token-not-a-real-one"] = None
    connecting.paste(town.db, town.desk, "toots", {"token": " a-token-not-a-real-one\n"}, CAMILLE, town.now())
    town.world.poll()
    town.approve_all()

    assert {one.state for one in town.deliver()} == {State.SENT}


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "needs token"), ({"token": " "}, "needs token"), ({"token": "a", "pin": "1"}, "has no pin")],
)
def test_what_is_no_secret_of_the_account_is_refused(town: Town, given: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        connecting.paste(town.db, town.desk, "toots", given, CAMILLE, town.now())


def test_an_account_whose_secrets_are_configured_is_not_connected_here(town: Town) -> None:
    account = replace(town.desk.accounts["toots"], secrets={"token": Secret("configured")})
    town.world.desk = replace(town.desk, accounts={"toots": account})

    with pytest.raises(Refusal, match="are in the configuration"):
        town.connect()
    with pytest.raises(Refusal, match="are in the configuration"):
        connecting.paste(town.db, town.desk, "toots", {"token": "another"}, CAMILLE, town.now())


def test_the_configuration_has_the_last_word(town: Town) -> None:
    town.connect()
    account = replace(town.desk.accounts["toots"], secrets={"token": Secret("configured")})
    desk = replace(town.desk, accounts={"toots": account})
    with town.db.read() as tx:
        assert connected.current(tx, desk).accounts["toots"].secrets["token"].value == "configured"


def test_a_disconnected_account_is_to_be_connected(town: Town) -> None:
    town.connect()
    connecting.disconnect(town.db, town.desk, "toots", CAMILLE)

    assert standing(town) == "connect"
    with pytest.raises(Refusal, match="not connected here"):
        connecting.disconnect(town.db, town.desk, "toots", CAMILLE)


def test_no_secret_stands_anywhere_in_the_clear(town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In no row, no file, no log: what was granted, and the client that relay is to the server."""
    caplog.set_level(logging.DEBUG)
    town.authority.token_life = town.authority.refresh_life = None
    grant = town.connect()
    secrets = [secret.value for secret in (*grant.secrets.values(), *grant.client.values()) if len(secret.value) > 11]
    rows = str(_everything(town.db))
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    town.revoke()
    town.world.poll()
    town.approve_all()
    town.deliver()

    assert any("token-not-a-real-one" in secret for secret in secrets)
    for secret in secrets:
        assert secret not in rows + caplog.text
        assert secret.encode() not in files


def _everything(db: Database) -> list[object]:
    with db.read() as tx:
        names = ("grants", "visits", "accounts", "crossposts", "attempts", "audit")
        return [tuple(row) for name in names for row in tx.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608  # names of ours


def test_a_row_that_is_moved_to_another_account_does_not_open(town: Town) -> None:
    town.connect()
    with town.db.write() as tx:
        tx.exec_driver_sql("UPDATE grants SET account = 'other'")
    desk = replace(town.desk, accounts={"other": replace(town.desk.accounts["toots"], id="other")})
    with town.db.read() as tx:
        found = connected.current(tx, desk)

    assert found.accounts["other"].secrets == {}
    assert found.unusable("other").startswith("Its sealed secrets are damaged: connect it anew")


def test_the_key_is_for_relay_s_eyes_only(town: Town, tmp_path: Path) -> None:
    town.connect()
    assert stat.S_IMODE((tmp_path / "relay.key").stat().st_mode) == 0o600


def test_without_its_key_an_account_waits_to_be_connected_and_nothing_breaks(town: Town, tmp_path: Path) -> None:
    town.connect()
    (tmp_path / "relay.key").unlink()
    town.world.poll()
    town.approve_all()
    delivered = town.deliver()

    assert {one.state for one in delivered} <= {State.HELD}
    assert "relay.key, is not there" in delivered[0].note
    assert standing(town) == "connect"


def test_with_another_key_it_says_which_is_missing_and_is_connected_anew(town: Town, tmp_path: Path) -> None:
    town.connect()
    old = town.kept().sealed.key_id
    (tmp_path / "relay.key").write_text("another key, which is long enough for it\n".replace(" ", "-"))
    with town.db.read() as tx:
        assert f"under the key {old}, which is not there" in connected.current(tx, town.desk).unusable("toots")

    town.connect()
    assert standing(town) == "fine"


@pytest.mark.parametrize("text", ["", "short"])
def test_a_configured_key_that_is_none_is_said_and_seals_nothing(town: Town, text: str) -> None:
    town.world.desk = replace(town.desk, keyplace=Keyplace(text=Secret(text)))
    with pytest.raises(Refusal, match=r"The key for the accounts' secrets"):
        town.connect()


def test_a_database_that_is_no_file_wants_a_configured_key(town: Town) -> None:
    town.world.desk = replace(town.desk, keyplace=Keyplace())
    with pytest.raises(Refusal, match=r"set `key` in \[service\]"):
        town.connect()


def test_another_key_seals_everything_anew(town: Town, tmp_path: Path) -> None:
    town.connect()
    before, key = town.kept().sealed, (tmp_path / "relay.key").read_text()
    done = rotating.rotate(town.db, town.desk)

    assert (done.resealed, done.lost) == (("toots",), ())
    assert town.kept().sealed.key_id == done.key_id != before.key_id
    assert key.strip() not in (tmp_path / "relay.key").read_text()
    assert standing(town) == "fine"


def test_whoever_reads_while_the_key_is_changed_can_use_the_account(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are read sealed under the old key, the file when it has only the new one."""
    town.connect()
    every = grants.every

    def read_then_change(tx: Connection) -> list[grants.Kept]:
        found = every(tx)
        monkeypatch.undo()
        rotating.rotate(town.db, town.desk)
        return found

    monkeypatch.setattr(grants, "every", read_then_change)
    with town.db.read() as tx:
        assert connected.current(tx, town.desk).unusable("toots") == ""


def test_of_two_who_change_the_key_at_once_neither_forgets_the_other_s(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.connect()
    together, put = Barrier(2), keys._replace

    def rotate() -> None:
        together.wait()
        for _ in range(5):
            rotating.rotate(town.db, town.desk)

    def slowly(file: Path, text: str) -> None:
        sleep(0.02)
        put(file, text)

    monkeypatch.setattr(keys, "_replace", slowly)
    threads = [Thread(target=rotate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert standing(town) == "fine"


def test_what_the_network_says_of_a_refusal_is_a_sentence_of_what_can_be_seen(town: Town) -> None:
    state, _ = town.leave()
    told = {"state": state, "error": "invalid_scope", "error_description": "Bad\x1b[31m\nscope " + "!" * 5000}

    with pytest.raises(Refusal) as refused:
        visiting.finish(town.db, town.http, town.desk, told, CAMILLE, town.now())
    assert str(refused.value).startswith("Mastodon did not connect the account: Bad [31m scope !")
    assert len(str(refused.value)) < 400


def test_what_has_left_the_configuration_can_be_forgotten(town: Town) -> None:
    town.connect()
    town.world.desk = replace(town.desk, accounts={}, routes=())
    connecting.disconnect(town.db, town.desk, "toots", CAMILLE)

    with town.db.read() as tx:
        assert grants.get(tx, "toots") is None
    with pytest.raises(Refusal, match="There is no account 'toots'"):
        connecting.disconnect(town.db, town.desk, "toots", CAMILLE)


def test_a_configured_key_is_changed_by_putting_the_new_one_first(town: Town) -> None:
    old, new = "o" * 44, "n" * 44
    town.world.desk = replace(town.desk, keyplace=Keyplace(text=Secret(old)))
    town.connect()
    town.world.desk = replace(town.desk, keyplace=Keyplace(text=Secret(f"{new}\n{old}")))
    assert rotating.rotate(town.db, town.desk).resealed == ("toots",)

    town.world.desk = replace(town.desk, keyplace=Keyplace(text=Secret(new)))
    assert standing(town) == "fine"


def test_connecting_anew_takes_the_place_of_what_was(town: Town) -> None:
    town.connect()
    first = town.kept()
    town.connect()

    assert town.kept().version == first.version + 1
    with town.db.read() as tx:
        assert len(grants.every(tx)) == 1
    assert len(town.authority.clients) == 1
