"""The large networks that are companies' own, none of which can be had here: faithful far ends for all of them."""

from collections.abc import Iterator

import pytest

from relay.core.account import Account, Secret
from relay.networks.facebook import network as facebook
from relay.networks.linkedin import network as linkedin
from relay.networks.threads import network as threads
from relay.networks.x import network as x
from tests.edges.far_end import FarEnd
from tests.fakes import facebook as facebook_fake
from tests.fakes import linkedin as linkedin_fake
from tests.fakes import threads as threads_fake
from tests.fakes import x as x_fake
from tests.fakes.wire import Wire, listening


@pytest.fixture
def x_server() -> x_fake.X:
    return x_fake.X()


@pytest.fixture
def x_signed(x_server: x_fake.X) -> Iterator[FarEnd]:
    secrets = {name: Secret(value) for name, value in x_fake.SECRETS.items()}
    yield from _x(x_server, secrets, "access_token_secret")


@pytest.fixture
def x_bearer(x_server: x_fake.X) -> Iterator[FarEnd]:
    yield from _x(x_server, {"token": Secret(x_fake.TOKEN)}, "token")


def _x(server: x_fake.X, secrets: dict[str, Secret], secret: str) -> Iterator[FarEnd]:
    with listening(Wire(server.answer, publishes="/2/tweets")) as wire:
        account = Account("oiseau", "x", {"server": wire.url}, secrets)
        yield FarEnd(x, account, wire, lambda: [post.text for post in server.posts], server="server", secret=secret)


@pytest.fixture
def linkedin_server() -> linkedin_fake.LinkedIn:
    return linkedin_fake.LinkedIn()


@pytest.fixture
def linkedin_page(linkedin_server: linkedin_fake.LinkedIn) -> Iterator[FarEnd]:
    yield from _linkedin(linkedin_server, linkedin_fake.ORGANIZATION)


@pytest.fixture
def linkedin_member(linkedin_server: linkedin_fake.LinkedIn) -> Iterator[FarEnd]:
    linkedin_server.is_member = True
    yield from _linkedin(linkedin_server, linkedin_fake.PERSON)


def _linkedin(server: linkedin_fake.LinkedIn, author: str) -> Iterator[FarEnd]:
    with listening(Wire(server.answer, publishes="/rest/posts")) as wire:
        server.url = wire.url
        options = {"page": author, "server": wire.url}
        account = Account("page", "linkedin", options, {"token": Secret(linkedin_fake.TOKEN)})
        yield FarEnd(linkedin, account, wire, server.texts, server="server", secret="token")


@pytest.fixture
def facebook_server() -> facebook_fake.Facebook:
    return facebook_fake.Facebook()


@pytest.fixture
def facebook_page(facebook_server: facebook_fake.Facebook) -> Iterator[FarEnd]:
    with listening(Wire(facebook_server.answer, publishes="/feed")) as wire:
        options = {"page": facebook_fake.PAGE, "server": wire.url}
        account = Account("page", "facebook", options, {"token": Secret(facebook_fake.TOKEN)})
        yield FarEnd(
            facebook,
            account,
            wire,
            lambda: [post.message for post in facebook_server.posts],
            server="server",
            secret="token",
        )


@pytest.fixture
def threads_server() -> threads_fake.Threads:
    return threads_fake.Threads()


@pytest.fixture
def threads_user(threads_server: threads_fake.Threads) -> Iterator[FarEnd]:
    with listening(Wire(threads_server.answer, publishes="/threads_publish")) as wire:
        account = Account("fils", "threads", {"server": wire.url}, {"token": Secret(threads_fake.TOKEN)})
        yield FarEnd(threads, account, wire, threads_server.texts, server="server", secret="token")
