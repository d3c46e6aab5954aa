"""No signature and no token that somebody has changed, or made up, opens anything."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from relay.networks.wire import standard
from relay.storage import pushes
from relay.web.websub import LARGEST_PUSH
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.fakes.hub import signature
from tests.fakes.receiver import KEY, TOLERANCE
from tests.fuzz.attempts import Attempt
from tests.fuzz.forgeries import run
from tests.fuzz.house import SUBSCRIBED, House, open_house
from tests.fuzz.lock import Lock
from tests.fuzz.locks import BODY, locks
from tests.fuzz.sending import send

SHORT = 10_000
SIGNED = signature("the secret", BODY)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, public_url="http://localhost") as made:
        yield made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), 0) as made:
        yield made


def test_no_forgery_is_believed(room: Newsroom) -> None:
    report = run(locks(room), 0, SHORT)
    assert report.opened == []
    assert len(report.tried) == 11
    assert min(report.tried.values()) > 800


@pytest.mark.parametrize(
    "opens",
    [
        lambda text: text.strip() == SIGNED,
        lambda text: text.lower() == SIGNED,
        lambda text: SIGNED.startswith(text[:30]) and len(text) >= 30,
        lambda text: text.partition("=")[2] == SIGNED.partition("=")[2],
        lambda text: text in {SIGNED, ""},
    ],
    ids=["spaces", "capitals", "the beginning", "any method", "none"],
)
def test_a_lock_that_is_careless_is_found(opens: object) -> None:
    assert run([Lock("careless", SIGNED, opens)], 0, 600).opened  # type: ignore[arg-type]


def test_a_lock_that_breaks_is_found() -> None:
    """As ``hmac.compare_digest`` does over what is not ASCII."""
    found = run([Lock("breaking", SIGNED, lambda text: bool(text.encode("ascii")) and text == SIGNED)], 0, 600)
    assert any("UnicodeEncodeError" in text for _, text in found.opened)


def push(house: House, body: bytes, *headers: bytes) -> int:
    told = tuple((b"X-Hub-Signature", one) for one in headers)
    length = (b"Content-Length", str(len(body)).encode())
    attempt = Attempt(
        ("POST", "/websub/{token}"), "", "POST", b"/websub/T0ken_-", ((b"Host", b"localhost"), length, *told), body
    )
    return send(house.url, attempt).status


def kept(house: House) -> int:
    with house.office.db.read() as tx:
        return len(pushes.waiting(tx))


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (b"",),
        (b"\xff\xfe",),
        ("sha256=é".encode(),),
        (SIGNED.upper().encode(),),
        (SIGNED[:-1].encode(),),
        (b"sha256=" + b"0" * 64, SIGNED.encode()),
        (f"{SIGNED}, {SIGNED}".encode(),),
        (SIGNED.replace("sha256", "sha1").encode(),),
        (signature("", BODY).encode(),),
        (signature(SUBSCRIBED.token, BODY).encode(),),
    ],
    ids=[
        *("absent", "empty", "no text", "not ASCII", "capitals", "cut", "the first of two", "a list", "another method"),
        *("no secret", "the address as the secret"),
    ],
)
def test_a_push_with_an_odd_signature_is_not_kept(house: House, headers: tuple[bytes, ...]) -> None:
    before = kept(house)
    assert (push(house, BODY, *headers), kept(house)) == (202, before)


def test_a_push_that_is_signed_is_kept(house: House) -> None:
    before = kept(house)
    assert (push(house, BODY, SIGNED.encode()), kept(house)) == (202, before + 1)


def test_another_body_under_a_signature_that_was_seen_is_not_kept(house: House) -> None:
    before = kept(house)
    assert push(house, BODY + b" ", SIGNED.encode()) == 202
    assert push(house, b"", SIGNED.encode()) == 202
    assert kept(house) == before


def test_a_push_beyond_the_cap_is_cut_whoever_signed_it(house: House) -> None:
    large, before = b"x" * (LARGEST_PUSH + 1), kept(house)
    assert push(house, large, signature("the secret", large).encode()) == 413
    assert kept(house) == before


@pytest.mark.parametrize("away", [-TOLERANCE - 1, TOLERANCE + 1])
def test_a_webhook_of_relay_is_good_for_five_minutes(room: Newsroom, away: int) -> None:
    lock = next(one for one in locks(room) if one.name == "a webhook of relay's")
    moment, body = str(1_800_000_000 + away), '{"type": "post.published"}'
    assert not lock.opens(f"{moment} {standard.signature(KEY, 'msg_1', moment, body)}")
    assert not lock.opens(lock.good.replace("1800000000", moment))


def test_what_is_right_and_opens_nothing_is_told(room: Newsroom) -> None:
    lock = replace(next(iter(locks(room))), good="sha256=0")
    with pytest.raises(AssertionError, match="does not open by what is right"):
        run([lock], 0, 1)
