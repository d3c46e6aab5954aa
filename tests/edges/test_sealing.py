"""Secrets at rest: what is sealed opens under its key, for its account, and no other way."""

import errno
import os
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Secret
from relay.storage import keys
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, Sealed, Unopened, is_other, keyring, mark, new_key, seal, unseal

OLD, NEW = "o" * 44, "n" * 44


def ring(text: str = OLD) -> Keyring:
    found = keyring(text)
    assert isinstance(found, Keyring)
    return found


@given(st.binary(max_size=200))
def test_what_is_sealed_opens(plain: bytes) -> None:
    assert unseal(ring(), "masto", seal(ring(), "masto", plain)) == plain


def test_the_same_is_never_sealed_the_same() -> None:
    assert seal(ring(), "masto", b"token") != seal(ring(), "masto", b"token")


@given(st.integers(0, 400))
def test_a_bit_that_is_changed_is_noticed(place: int) -> None:
    sealed = seal(ring(), "masto", b"token" * 8)
    bit = place % (len(sealed.bytes_) * 8)
    broken = bytearray(sealed.bytes_)
    broken[bit // 8] ^= 1 << bit % 8
    assert isinstance(unseal(ring(), "masto", Sealed(sealed.key_id, bytes(broken))), Unopened)


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_what_is_cut_short_is_noticed(cut: int) -> None:
    sealed = seal(ring(), "masto", b"token")
    assert isinstance(unseal(ring(), "masto", Sealed(sealed.key_id, sealed.bytes_[:cut])), Unopened)


def test_another_account_s_does_not_open() -> None:
    assert isinstance(unseal(ring(), "bsky", seal(ring(), "masto", b"token")), Unopened)


def test_a_key_that_is_not_there_is_named() -> None:
    sealed = seal(ring(OLD), "masto", b"token")
    found = unseal(ring(NEW), "masto", sealed)
    assert isinstance(found, Unopened)
    assert sealed.key_id in found.why


def test_old_keys_open_and_the_first_seals() -> None:
    both = ring(f"{NEW}\n{OLD}\n")
    assert unseal(both, "masto", seal(ring(OLD), "masto", b"token")) == b"token"
    assert seal(both, "masto", b"token").key_id == ring(NEW).current.id


def test_nothing_of_a_key_shows() -> None:
    key = new_key()
    shown = repr(ring(key)) + repr(seal(ring(key), "masto", b"not-a-real-one"))
    assert key not in shown
    assert "not-a-real-one" not in shown
    assert ring(key).current.seal.hex() not in shown


def test_marks_tell_others_apart_and_fit_their_column() -> None:
    marked = mark(ring(), b"token")
    assert len(marked) <= 64
    assert not is_other(ring(), marked, b"token")
    assert is_other(ring(f"{NEW} {OLD}"), marked, b"another")
    assert not is_other(ring(NEW), marked, b"another")  # under a key that is gone, nobody can tell


def test_relay_s_own_key_is_made_once_by_many(tmp_path: Path) -> None:
    place, together, found = Keyplace(file=tmp_path / "data" / "relay.key"), Barrier(8), list[object]()

    def make() -> None:
        together.wait()
        found.append(keys.sealing(place))

    threads = [Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(repr, found))) == 1
    assert isinstance(found[0], Keyring)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["relay.key"]


def test_a_disk_that_knows_no_second_names_keeps_no_key_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    assert isinstance(keys.sealing(Keyplace(file=tmp_path / "relay.key")), Unopened)
    assert list(tmp_path.iterdir()) == []


def test_looking_makes_no_key(tmp_path: Path) -> None:
    place = Keyplace(file=tmp_path / "relay.key")
    assert isinstance(keys.opening(place), Unopened)
    assert not place.file or not place.file.exists()


def test_a_configured_key_needs_no_file(tmp_path: Path) -> None:
    assert isinstance(keys.sealing(Keyplace(Secret(OLD), tmp_path / "relay.key")), Keyring)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"short", b"\xff" * 50])
def test_a_file_that_is_no_key_is_said(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "relay.key").write_bytes(body)
    assert isinstance(keys.sealing(Keyplace(file=tmp_path / "relay.key")), Unopened)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert isinstance(keys.sealing(Keyplace(file=tmp_path / "file" / "relay.key")), Unopened)


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "relay.key").mkdir()
    assert isinstance(keys.sealing(Keyplace(file=tmp_path / "relay.key")), Unopened)
