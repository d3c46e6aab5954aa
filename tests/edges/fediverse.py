"""Servers that speak Mastodon's API: one program stands in for all of them, each in its own dialect."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.mastodon import network as mastodon
from relay.networks.network import Network
from tests.edges.far_end import FarEnd
from tests.fakes import mastodon_dialects as dialects
from tests.fakes.mastodon import TOKEN, Mastodon
from tests.fakes.wire import Wire, listening
from tests.real.front import before
from tests.real.snac import Member, Snac

PHOTO = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def mastodon_server() -> Mastodon:
    return Mastodon()


@pytest.fixture
def mastodon_45(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.MASTODON_45)


@pytest.fixture
def mastodon_460(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.MASTODON_460)


@pytest.fixture
def mastodon_fixed(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.MASTODON_FIXED)


@pytest.fixture
def gotosocial(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.GOTOSOCIAL)


@pytest.fixture
def pleroma(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.PLEROMA)


@pytest.fixture
def friendica(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.FRIENDICA)


@pytest.fixture
def bare_api(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from speaking(mastodon_server, dialects.BARE)


@pytest.fixture
def pixelfed(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    """No post without a picture: every draft gets one."""
    names = {name: getattr(mastodon, name) for name in dir(mastodon) if not name.startswith("_")}
    network = cast("Network", SimpleNamespace(**names | {"prepare": _with_picture}))
    for end in speaking(mastodon_server, dialects.PIXELFED):
        options = {**end.account.options, "attach": "picture"}
        yield replace(end, network=network, account=replace(end.account, options=options))


@pytest.fixture
def snac_real(snac_server: Snac, snac_account: Member) -> Iterator[FarEnd]:
    """The member of the real snac."""
    with listening(Wire(before(snac_server.http, snac_server.url), publishes="/api/v1/statuses")) as wire:
        account = Account("toots", "mastodon", {"instance": wire.url}, {"token": Secret(snac_account.token)})
        yield FarEnd(
            mastodon,
            account,
            wire,
            lambda: snac_server.texts(snac_account),
            server="instance",
            secret="token",
        )
        wire.settle()


def speaking(server: Mastodon, dialect: dialects.Dialect) -> Iterator[FarEnd]:
    """The server in one dialect, and the account there."""
    server.dialect = dialect
    with listening(Wire(server.answer, publishes="/api/v1/statuses")) as wire:
        account = Account("toots", "mastodon", {"instance": wire.url}, {"token": Secret(TOKEN)})
        yield FarEnd(
            mastodon,
            account,
            wire,
            lambda: [status.text for status in server.statuses],
            server="instance",
            secret="token",
        )


def _with_picture(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    return mastodon.prepare(http, account, replace(draft, image=PHOTO), keys, picture or PICTURE, after)
