"""The networks under test, each with its far end: a real server where one can be had, a faithful one otherwise."""

from collections.abc import Iterator

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.demo import timelines
from relay.demo.board import Imitated, SandboxAccount
from relay.networks.bluesky import network as bluesky
from relay.networks.discord import network as discord
from relay.networks.sandbox import network as sandbox
from relay.networks.slack import network as slack
from relay.networks.telegram import network as telegram
from relay.networks.webhook import network as webhook
from tests.edges.browsers import chromium
from tests.edges.far_end import FarEnd
from tests.edges.fediverse import (
    bare_api,
    friendica,
    gotosocial,
    mastodon_45,
    mastodon_460,
    mastodon_fixed,
    mastodon_server,
    pixelfed,
    pleroma,
    snac_real,
)
from tests.edges.own_servers import (
    homeserver,
    mail,
    mail_server,
    matrix_room,
    micropub_listing,
    micropub_server,
    micropub_silent,
    wordpress_server,
    wordpress_site,
)
from tests.edges.real_far_ends import synapse_room, wordpress_debian
from tests.edges.relays import nostr_real, nostr_relay, nostr_server
from tests.edges.social import (
    facebook_page,
    facebook_server,
    linkedin_member,
    linkedin_page,
    linkedin_server,
    threads_server,
    threads_user,
    x_bearer,
    x_server,
    x_signed,
)
from tests.edges.ways import WAYS, Opening
from tests.fakes import discord as discord_fake
from tests.fakes import receiver as receiver_fake
from tests.fakes import slack as slack_fake
from tests.fakes import telegram as telegram_fake
from tests.fakes.pds import Pds
from tests.fakes.wire import Call, Reply, Wire, listening

__all__ = [
    "FarEnd",
    "bare_api",
    "chromium",
    "facebook_page",
    "facebook_server",
    "friendica",
    "gotosocial",
    "homeserver",
    "linkedin_member",
    "linkedin_page",
    "linkedin_server",
    "mail",
    "mail_server",
    "mastodon_45",
    "mastodon_460",
    "mastodon_fixed",
    "mastodon_server",
    "matrix_room",
    "micropub_listing",
    "micropub_server",
    "micropub_silent",
    "nostr_real",
    "nostr_relay",
    "nostr_server",
    "pixelfed",
    "pleroma",
    "snac_real",
    "synapse_room",
    "threads_server",
    "threads_user",
    "wordpress_debian",
    "wordpress_server",
    "wordpress_site",
    "x_bearer",
    "x_server",
    "x_signed",
]

OPEN = ["sandbox_mastodon", "sandbox_bluesky"]
"""Whose accounts have no secret."""
BLUESKY = pytest.param("bluesky_pds", marks=pytest.mark.pds)
SYNAPSE = pytest.param("synapse_room", marks=pytest.mark.synapse)
WORDPRESS = pytest.param("wordpress_debian", marks=pytest.mark.wordpress)
SNAC = pytest.param("snac_real", marks=pytest.mark.snac)
NOSTR = pytest.param("nostr_real", marks=pytest.mark.nostr)
KEYED = [
    *OPEN,
    "mastodon_45",
    "mastodon_460",
    "mastodon_fixed",
    "pleroma",
    BLUESKY,
    "matrix_room",
    SYNAPSE,
    "nostr_relay",
    NOSTR,
]
"""Where a post can be found again, and a repeat at once is known by its key."""
COMPARED = ["x_signed", "x_bearer", "linkedin_page", "facebook_page"]
"""The same, but for the key: the network refuses the same words at once, or relay finds them."""
CONTAINED = ["threads_user", "pixelfed"]
"""The same, by a container or picture that has a name of the network's before it is public: no two requests are
the same."""
READABLE = [
    *KEYED,
    *COMPARED,
    *CONTAINED,
    "friendica",
    "gotosocial",
    "bare_api",
    SNAC,
    "slack_bot",
    "wordpress_site",
    WORDPRESS,
    "micropub_listing",
]
"""Where a post can be found again, so that relay looks before it repeats."""
SILENT = ["linkedin_member", "telegram_bot", "discord_hook", "slack_hook", "mail", "micropub_silent"]
"""Where it cannot, and only a person can tell."""
REPEATABLE = ["webhook_receiver"]
"""Where nothing needs to be found, for a repeat is known by its key for ever."""
FAR_ENDS = [*READABLE, *SILENT, *REPEATABLE]
"""The fixtures that give a ``FarEnd``: a network that is named here must pass ``test_networks``."""
BOUNDED = [end for end in FAR_ENDS if end not in (SYNAPSE, WORDPRESS, SNAC, "friendica", "bare_api")]
"""Those that refuse what is longer than relay says; the others take more than every server like them is sure to."""
LOCKED = FAR_ENDS[len(OPEN) :]
"""Those whose accounts have a secret."""


@pytest.fixture(params=FAR_ENDS)
def far_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=BOUNDED)
def bounded_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=[end for end in FAR_ENDS if end not in CONTAINED])
def frozen_end(request: pytest.FixtureRequest) -> FarEnd:
    """A repeated preparation gives the same request here."""
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=READABLE)
def readable_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=SILENT)
def silent_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=[*READABLE, *SILENT])
def doubtful_end(request: pytest.FixtureRequest) -> FarEnd:
    """A broken exchange leaves a doubt here."""
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=[*KEYED, *COMPARED, *CONTAINED, *REPEATABLE])
def keyed_end(request: pytest.FixtureRequest) -> FarEnd:
    """A repeat does no harm here."""
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=[*READABLE, *REPEATABLE])
def certain_end(request: pytest.FixtureRequest) -> FarEnd:
    """Relay itself can end every doubt here."""
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=LOCKED)
def locked_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def sandbox_mastodon() -> Iterator[FarEnd]:
    yield from _sandbox("mastodon")


@pytest.fixture
def sandbox_bluesky() -> Iterator[FarEnd]:
    yield from _sandbox("bluesky")


def _sandbox(imitates: Imitated) -> Iterator[FarEnd]:
    server = timelines.serve([SandboxAccount("essai", "Essai", "essai.example", imitates)])
    asked: set[str] = set()

    def hand_on(call: Call) -> Reply:
        asked.add(call.path)
        named = {name: value for name, value in call.headers.items() if name == "if-match"}
        answer = client.request(call.method, server.url + call.path, content=call.body, headers=named)
        return Reply(answer.status_code, answer.content, {"etag": answer.headers.get("etag", "")})

    def published() -> list[str]:
        answers = [client.get(server.url + path) for path in sorted(asked)]
        return [answer.json()["text"] for answer in answers if answer.is_success]

    with httpx.Client(trust_env=False) as client, listening(Wire(hand_on, publishes="/posts/")) as wire:
        account = Account("essai", "sandbox", {"server": wire.url, "imitates": imitates})
        yield FarEnd(sandbox, account, wire, published, server="server")
    server.stop()


@pytest.fixture
def bluesky_pds(pds: Pds) -> Iterator[FarEnd]:
    member = pds.join()
    with listening(Wire(pds.answer, publishes="putRecord")) as wire:
        options = {"handle": member.handle, "service": wire.url}
        account = Account("sky", "bluesky", options, {"password": Secret(member.password)})
        yield FarEnd(
            bluesky,
            account,
            wire,
            lambda: [record["text"] for record in pds.records(member)],
            server="service",
            secret="password",
        )


@pytest.fixture
def telegram_server() -> telegram_fake.Telegram:
    return telegram_fake.Telegram()


@pytest.fixture
def telegram_bot(telegram_server: telegram_fake.Telegram) -> Iterator[FarEnd]:
    with listening(Wire(telegram_server.answer, publishes="/send")) as wire:
        options = {"chat": telegram_fake.CHANNEL, "server": wire.url}
        account = Account("veille", "telegram", options, {"token": Secret(telegram_fake.TOKEN)})
        yield FarEnd(
            telegram,
            account,
            wire,
            lambda: [message.text for message in telegram_server.messages],
            server="server",
            secret="token",
            wrong="1:not-the-one",
        )


@pytest.fixture
def discord_server() -> discord_fake.Discord:
    return discord_fake.Discord()


@pytest.fixture
def discord_hook(discord_server: discord_fake.Discord) -> Iterator[FarEnd]:
    with listening(Wire(discord_server.answer, publishes="/webhooks/")) as wire:
        account = Account("salon", "discord", {}, {"webhook": Secret(wire.url + discord_fake.HOOK)})
        yield FarEnd(
            discord,
            account,
            wire,
            lambda: [message.text for message in discord_server.messages],
            server="webhook",
            secret="webhook",
            wrong=f"{wire.url}{discord_fake.HOOK}-not",
        )


@pytest.fixture
def slack_server() -> slack_fake.Slack:
    return slack_fake.Slack()


@pytest.fixture
def slack_hook(slack_server: slack_fake.Slack) -> Iterator[FarEnd]:
    with listening(Wire(slack_server.answer, publishes="/services/")) as wire:
        account = Account("equipe", "slack", {}, {"webhook": Secret(wire.url + slack_fake.HOOK)})
        wrong = f"{wire.url}{slack_fake.HOOK}-not"
        yield FarEnd(slack, account, wire, slack_server.texts, server="webhook", secret="webhook", wrong=wrong)


@pytest.fixture
def slack_bot(slack_server: slack_fake.Slack) -> Iterator[FarEnd]:
    with listening(Wire(slack_server.answer, publishes="chat.postMessage")) as wire:
        options = {"channel": slack_fake.CHANNEL, "server": wire.url}
        account = Account("equipe", "slack", options, {"token": Secret(slack_fake.TOKEN)})
        yield FarEnd(slack, account, wire, slack_server.texts, server="server", secret="token", wrong="xoxb-not")


@pytest.fixture
def receiver() -> receiver_fake.Receiver:
    return receiver_fake.Receiver()


@pytest.fixture
def webhook_receiver(receiver: receiver_fake.Receiver) -> Iterator[FarEnd]:
    with listening(Wire(receiver.answer, publishes="/news")) as wire:
        account = Account(
            "intranet", "webhook", {"endpoint": f"{wire.url}/news"}, {"secret": Secret(receiver_fake.SECRET)}
        )
        yield FarEnd(
            webhook,
            account,
            wire,
            lambda: [payload["data"]["text"] for payload in receiver.posts.values()],
            server="endpoint",
            secret="secret",
            wrong="whsec_" + "bm90IHRoZSBvbmUs" * 3,
        )


@pytest.fixture(params=[*WAYS.values()], ids=[*WAYS])
def opening(request: pytest.FixtureRequest) -> Opening:
    """Each way in which a poll may go."""
    found: Opening = request.param
    return found
