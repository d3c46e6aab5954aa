"""Finding the server of an account from its handle: on the real server and directory, and on odd documents."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Sent
from relay.networks.bluesky import atproto
from relay.networks.bluesky import network as bluesky
from tests.fakes.pds import Member, Pds
from tests.fakes.wire import Reply, Wire, listening

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
DRAFT = Draft("Une nouvelle", "fr", "")
PDS_SERVICE = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example"}
LABELER = {"id": "#atproto_labeler", "type": "AtprotoLabeler", "serviceEndpoint": "https://labels.example"}


@pytest.fixture
def member(pds: Pds) -> Member:
    return pds.join()


@pytest.mark.pds
def test_the_server_is_found_from_the_handle(
    pds: Pds, member: Member, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atproto, "RESOLVER", pds.url)
    monkeypatch.setattr(atproto, "PLC", pds.plc)
    account = Account("sky", "bluesky", {"handle": f"@{member.handle}"}, {"password": Secret(member.password)})
    request = bluesky.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    assert isinstance(bluesky.publish(http, account, request), Sent)
    assert isinstance(bluesky.find(http, account, request, SINCE), Sent)


@pytest.mark.pds
def test_a_handle_that_nobody_has_stops_the_account(
    pds: Pds, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atproto, "RESOLVER", pds.url)
    account = Account("sky", "bluesky", {"handle": "personne.test"}, {"password": Secret("any")})
    assert isinstance(bluesky.prepare(http, account, DRAFT, KEYS), AuthLost)


@pytest.mark.parametrize(
    ("services", "found"),
    [
        ([PDS_SERVICE, LABELER], "https://pds.example"),
        ([LABELER], AuthLost("The identity of blog.test names no server.")),
        (None, AuthLost("The identity of blog.test names no server.")),
    ],
)
def test_the_server_is_the_one_for_records(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch, services: object, found: object
) -> None:
    told = Reply(200, json.dumps({"did": "did:plc:x", "service": services}).encode())
    with listening(Wire(lambda _: told, "-")) as wire:
        monkeypatch.setattr(atproto, "RESOLVER", wire.url)
        monkeypatch.setattr(atproto, "PLC", wire.url)
        assert atproto.service_of(http, Account("sky", "bluesky", {"handle": "blog.test"})) == found
