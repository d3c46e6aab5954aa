"""The far ends that people run themselves: a mail server, a blog, a room."""

from collections.abc import Iterator

import pytest

from relay.core.account import Account, Secret
from relay.networks.email import network as email
from relay.networks.matrix import network as matrix
from relay.networks.micropub import network as micropub
from relay.networks.wordpress import network as wordpress
from tests.edges.far_end import FarEnd
from tests.fakes import mailserver
from tests.fakes import matrix as matrix_fake
from tests.fakes import micropub as micropub_fake
from tests.fakes import wordpress as wordpress_fake
from tests.fakes.wire import Wire, listening


@pytest.fixture
def mail_server() -> mailserver.Mailserver:
    return mailserver.Mailserver()


@pytest.fixture
def mail(mail_server: mailserver.Mailserver) -> Iterator[FarEnd]:
    with mailserver.receiving(mail_server) as wire:
        options = {"server": wire.url, "security": "none", "user": mailserver.USER}
        options |= {"from": "veille@exemple.fr", "to": "liste@exemple.fr"}
        account = Account("lettre", "email", options, {"password": Secret(mailserver.PASSWORD)})
        yield FarEnd(email, account, wire, mail_server.texts, server="server", secret="password")


@pytest.fixture
def wordpress_server() -> wordpress_fake.WordPress:
    return wordpress_fake.WordPress()


@pytest.fixture
def wordpress_site(wordpress_server: wordpress_fake.WordPress) -> Iterator[FarEnd]:
    with listening(Wire(wordpress_server.answer, publishes="/posts")) as wire:
        options = {"site": wire.url, "user": wordpress_fake.USER}
        account = Account("site", "wordpress", options, {"password": Secret(wordpress_fake.PASSWORD)})
        yield FarEnd(wordpress, account, wire, wordpress_server.texts, server="site", secret="password")


@pytest.fixture
def micropub_server() -> micropub_fake.Site:
    return micropub_fake.Site()


@pytest.fixture
def micropub_listing(micropub_server: micropub_fake.Site) -> Iterator[FarEnd]:
    yield from _micropub(micropub_server)


@pytest.fixture
def micropub_silent(micropub_server: micropub_fake.Site) -> Iterator[FarEnd]:
    micropub_server.lists = False
    yield from _micropub(micropub_server)


def _micropub(server: micropub_fake.Site) -> Iterator[FarEnd]:
    with listening(Wire(server.answer, publishes="/micropub")) as wire:
        options = {"endpoint": f"{wire.url}/micropub"}
        account = Account("notes", "micropub", options, {"token": Secret(micropub_fake.TOKEN)})
        yield FarEnd(micropub, account, wire, server.texts, server="endpoint", secret="token")


@pytest.fixture
def homeserver() -> matrix_fake.Homeserver:
    return matrix_fake.Homeserver()


@pytest.fixture
def matrix_room(homeserver: matrix_fake.Homeserver) -> Iterator[FarEnd]:
    with listening(Wire(homeserver.answer, publishes="/send/")) as wire:
        options = {"server": wire.url, "room": matrix_fake.ALIAS}
        account = Account("salon", "matrix", options, {"token": Secret(matrix_fake.TOKEN)})
        yield FarEnd(matrix, account, wire, homeserver.texts, server="server", secret="token")
