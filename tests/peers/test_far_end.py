"""The far end takes what other libraries send, and counts what is public."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.fakes.mastodon import TOKEN
from tests.fakes.wire import Fault
from tests.peers.far_end import FarEnd, standing
from tests.torture import clock

CHANCE = Random(0)  # noqa: S311  # and no secret


@pytest.fixture
def far(tmp_path: Path) -> Iterator[FarEnd]:
    with standing(clock.made(tmp_path), CHANCE) as far:
        yield far


def post(far: FarEnd, text: str, **headers: str) -> httpx.Response:
    """As Mastodon.py does: a form, and no key unless its caller gives one."""
    form = {"status": text, "visibility": "unlisted", "media_ids[]": ""}
    allowed = {"authorization": f"Bearer {TOKEN}", **headers}
    return httpx.post(f"{far.url}/api/v1/statuses", data=form, headers=allowed, trust_env=False)


def test_a_form_is_read(far: FarEnd) -> None:
    assert post(far, "Dépêche 7 de l'agence\nhttps://agence.example/7").status_code == 200

    (status,) = far.mastodon.statuses
    assert (status.text, status.visibility) == ("Dépêche 7 de l'agence\nhttps://agence.example/7", "unlisted")
    assert status.media == ()


def test_what_has_no_key_is_never_a_repeat(far: FarEnd) -> None:
    for _ in range(2):
        post(far, "Dépêche 7")

    assert far.public() == {7: 2}


def test_what_has_the_same_key_is_one(far: FarEnd) -> None:
    for _ in range(2):
        post(far, "Dépêche 7", **{"idempotency-key": "seven"})

    assert far.public() == {7: 1}


def test_such_a_share_fails_once_it_is_told_to(far: FarEnd) -> None:
    far.fail(CHANCE, 1.0, (Fault.DROP_AFTER,))
    with pytest.raises(httpx.RemoteProtocolError):
        post(far, "Dépêche 7")

    assert (far.begun, far.struck, far.public()) == (1, 1, {7: 1})
